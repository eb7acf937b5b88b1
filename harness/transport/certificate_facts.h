#pragma once
#include "harness/model/exchange.h"

struct x509_st;

namespace plugvet {

/// What a certificate says, with everything safe to show. Dates after 2262 become the last that a clock can hold.
Certificate certificate_facts(x509_st* certificate);

}  // namespace plugvet

#pragma once
#include "harness/model/check.h"  // summarised

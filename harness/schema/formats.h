#pragma once
#include <string>
#include <string_view>

#include "harness/support/json.h"

namespace plugvet::schema {

/// A named format: what a string (or a number) must look like.
struct Format {
  std::string_view name;
  bool (*fits_text)(std::string_view);               ///< null: says nothing about strings
  bool (*fits_number)(const Json& value) = nullptr;  ///< null: says nothing about numbers
};

/// Null: unknown, and then an annotation only.
const Format* find_format(std::string_view name);

bool is_date(std::string_view text);           ///< RFC 3339 full-date
bool is_time(std::string_view text);           ///< RFC 3339 full-time
bool is_date_time(std::string_view text);      ///< RFC 3339 date-time
bool is_duration(std::string_view text);       ///< RFC 3339, appendix A
bool is_ipv4(std::string_view text);           ///< RFC 2673, section 3.2
bool is_ipv6(std::string_view text);           ///< RFC 4291, section 2.2
bool is_hostname(std::string_view text);       ///< RFC 1123; labels with `xn--` by RFC 5891
bool is_idn_hostname(std::string_view text);   ///< RFC 5890
bool is_email(std::string_view text);          ///< RFC 5321 Mailbox
bool is_idn_email(std::string_view text);      ///< RFC 6531 Mailbox
bool is_uri(std::string_view text);            ///< RFC 3986
bool is_uri_reference(std::string_view text);  ///< RFC 3986
bool is_iri(std::string_view text);            ///< RFC 3987
bool is_iri_reference(std::string_view text);  ///< RFC 3987
bool is_uri_template(std::string_view text);   ///< RFC 6570
bool is_base64(std::string_view text);         ///< RFC 4648, section 4
/// The bytes that a text in base64 stands for.
std::string base64_decoded(std::string_view text);

}  // namespace plugvet::schema

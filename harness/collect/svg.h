#pragma once
#include <optional>
#include <string_view>

#include "harness/model/evidence.h"

namespace plugvet {

/// Whether the bytes are meant as SVG: an <svg element near the beginning, behind prolog, comments and doctype.
bool looks_like_svg(std::string_view bytes);

/// No width or height of an SVG is larger.
constexpr std::uint32_t most_svg_side = 1'000'000'000;

/// What is in an SVG, without rendering it: size, scripts, references to elsewhere. No entity is expanded and nothing
/// is loaded. Declared entities or attributes, bad XML and depth are `logo.decoding` problems; a document type
/// declaration alone, as drawing programs write it, is none. Call it in the sandbox only.
void read_svg(std::string_view bytes, Logo& logo);
/// The same, in the sandbox.
void read_svg_in_child(std::string_view bytes, Logo& logo);

}  // namespace plugvet

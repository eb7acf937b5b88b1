#pragma once
#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "harness/model/evidence.h"

namespace plugvet {

// From the bytes of a page to what a person reads there. All of it runs in the sandbox (read_pages); the other functions
// are its steps.

/// A page as it was fetched. The texts must outlive it.
struct PageSource {
  std::string_view bytes;
  std::string media_type, charset;     ///< as declared, may be empty
  std::string requested_url, final_url;
};

/// A run of text between two places where a line ends.
struct PageBlock {
  std::string text;
  std::size_t link_bytes = 0;  ///< how much of the text is in links
  bool is_heading = false;
  bool is_main = false;    ///< within the element that says to be the main content
  bool is_margin = false;  ///< within a header, footer or aside
};

/// What was seen of a page on the way through it.
struct PageBlocks {
  std::string title;
  std::vector<PageBlock> blocks;
  std::vector<PageText::Link> links;  ///< as they are written
  bool is_text = true;                ///< false: bytes that are no text
  bool is_pdf = false;
  bool has_scripts = false;
  bool has_mount = false;     ///< an empty element that scripts fill, or a note to those without scripts
  bool has_password = false;  ///< a field for one
  bool has_consent = false;   ///< a dialog on cookies
  bool has_controls = false;  ///< buttons or fields
  bool is_cut = false;
};

/// More text than this is not read of any page.
constexpr std::size_t most_page_text = 300'000;

PageBlocks blocks_of_html(std::string_view utf8);
PageBlocks blocks_of_plain_text(std::string_view utf8);
PageBlocks blocks_of_markdown(std::string_view utf8);
/// By media type and content; character encodings made UTF-8.
PageBlocks blocks_of(const PageSource& source);

/// Main content, language and kind.
PageText text_of(const PageBlocks& blocks, const PageSource& source);

/// In `text.language…`, by all of its paragraphs.
void tell_language(PageText& text);

/// The part of the runs of three words that two pages have in common, from 0 to 1.
double likeness(const PageText& a, const PageText& b);

/// Reads pages in one child in the sandbox (512 MiB, 3 s for all). A Problem: taking that page apart was stopped.
std::vector<Result<PageText>> read_pages(std::span<const PageSource> sources);

}  // namespace plugvet

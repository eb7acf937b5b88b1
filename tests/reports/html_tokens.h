#pragma once
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace plugvet {

struct HtmlTag {
  std::string name;  ///< "/p" for an end tag
  std::map<std::string, std::string> attributes;
  std::size_t offset = 0;
};

struct HtmlTokens {
  std::vector<HtmlTag> tags;
  std::string text;                   ///< all between the tags
  std::vector<std::string> problems;  ///< anything a strict reader would not accept
};

/// A strict reader of our own pages: quoted attributes, no comments, nothing a browser would have to repair.
HtmlTokens tokens_of(std::string_view html);

}  // namespace plugvet

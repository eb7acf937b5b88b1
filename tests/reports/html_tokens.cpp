#include "tests/reports/html_tokens.h"

#include <algorithm>
#include <cctype>

namespace plugvet {
namespace {

class Reader {
 public:
  explicit Reader(std::string_view html) : html_{html} {}

  HtmlTokens read() {
    while (at_ < html_.size()) {
      const std::size_t open = std::min(html_.find('<', at_), html_.size());
      tokens_.text += html_.substr(at_, open - at_);
      at_ = open;
      if (at_ < html_.size()) read_tag();
    }
    check_nesting();
    return std::move(tokens_);
  }

 private:
  void problem(const std::string& what) {
    tokens_.problems.push_back(what + " at " + std::to_string(at_) + ": " + std::string{html_.substr(at_, 60)});
  }

  std::string name() {
    const std::size_t begin = at_;
    while (at_ < html_.size() && (std::isalnum(static_cast<unsigned char>(html_[at_])) || html_[at_] == '-')) ++at_;
    return std::string{html_.substr(begin, at_ - begin)};
  }

  void spaces() {
    while (at_ < html_.size() && (html_[at_] == ' ' || html_[at_] == '\n')) ++at_;
  }

  void read_tag() {
    HtmlTag tag;
    tag.offset = at_++;
    if (html_.substr(at_).starts_with("!doctype html>")) {
      at_ += 14;
      return;
    }
    if (at_ < html_.size() && html_[at_] == '/') tag.name = html_[at_++];
    const std::string element = name();
    if (element.empty()) return problem("a < that is no tag");
    tag.name += element;
    for (spaces(); at_ < html_.size() && html_[at_] != '>' && html_[at_] != '/'; spaces()) {
      const std::string attribute = name();
      if (attribute.empty()) {
        problem("no attribute");
        ++at_;
        continue;
      }
      std::string value;
      if (html_.substr(at_).starts_with("=\"")) {
        const std::size_t end = std::min(html_.find('"', at_ + 2), html_.size());
        value = html_.substr(at_ + 2, end - at_ - 2);
        at_ = end + 1;
      } else if (at_ < html_.size() && html_[at_] == '=') {
        problem("an attribute without quotes");
        ++at_;
      }
      if (!tag.attributes.emplace(attribute, value).second) problem("an attribute twice");
    }
    if (at_ < html_.size() && html_[at_] == '/') ++at_;
    if (at_ >= html_.size() || html_[at_] != '>') return problem("a tag that does not end");
    const bool closed = html_[at_++ - 1] == '/';
    open(tag, closed);
    if (tag.name == "style") {
      const std::size_t end = std::min(html_.find("</style>", at_), html_.size());
      style_ = html_.substr(at_, end - at_);
      tag.attributes["content"] = style_;
      at_ = end;
    }
    tokens_.tags.push_back(std::move(tag));
  }

  void open(const HtmlTag& tag, bool closed) {
    static const std::vector<std::string> empty = {"meta", "img", "br", "rect", "path", "circle", "use"};
    if (tag.name.front() == '/') {
      if (stack_.empty() || "/" + stack_.back() != tag.name)
        return problem("<" + tag.name + "> closes " + (stack_.empty() ? "nothing" : stack_.back()));
      stack_.pop_back();
    } else if (!closed && std::find(empty.begin(), empty.end(), tag.name) == empty.end()) {
      stack_.push_back(tag.name);
    }
  }

  void check_nesting() {
    for (const std::string& left : stack_) tokens_.problems.push_back("<" + left + "> is not closed");
  }

  std::string_view html_;
  std::size_t at_ = 0;
  HtmlTokens tokens_;
  std::vector<std::string> stack_;
  std::string style_;
};

}  // namespace

HtmlTokens tokens_of(std::string_view html) {
  return Reader{html}.read();
}

}  // namespace plugvet

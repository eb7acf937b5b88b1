#include <fmt/format.h>

#include <algorithm>
#include <chrono>

#include "harness/collect/page.h"
#include "harness/collect/page_words.h"
#include "harness/process/message.h"
#include "harness/process/sandbox.h"
#include "harness/support/text.h"

namespace plugvet {

namespace {

constexpr SandboxLimits page_limits{.memory = 512u << 20,
                               .processor = std::chrono::seconds{3},
                               .child = {.time = std::chrono::milliseconds{12'000}, .output = 8u << 20}};

constexpr std::uint64_t most_items = 1'000'000;

void write(const PageText& text, MessageWriter& message) {
  message.number(static_cast<std::uint64_t>(text.kind)).text(text.title).number(text.paragraphs.size());
  for (const PageText::Paragraph& paragraph : text.paragraphs)
    message.text(paragraph.text).number(paragraph.is_heading);
  message.number(text.margins.size());
  for (const std::string& margin : text.margins) message.text(margin);
  message.number(text.words).text(text.language).text(text.language_name).number(text.language_percent);
  message.number(text.privacy_links.size());
  for (const PageText::Link& link : text.privacy_links) message.text(link.text).text(link.url);
  message.number(text.is_on_privacy).number(text.is_cut);
}

/// What the child says is UTF-8, or it is not believed.
std::string read_text(MessageReader& message) {
  std::string text = message.text();
  return is_valid_utf8(text) ? text : printable(text);
}

PageText read(MessageReader& message) {
  PageText text;
  text.kind = static_cast<PageKind>(message.number_up_to(static_cast<std::uint64_t>(PageKind::unreadable)));
  text.title = read_text(message);
  for (auto left = message.number_up_to(most_items); left > 0 && message.is_good(); --left) {
    std::string paragraph = read_text(message);
    text.paragraphs.push_back({std::move(paragraph), message.flag()});
  }
  for (auto left = message.number_up_to(most_items); left > 0 && message.is_good(); --left)
    text.margins.push_back(read_text(message));
  text.words = message.number_up_to(most_items);
  text.language = read_text(message);
  text.language_name = read_text(message);
  text.language_percent = static_cast<unsigned>(message.number_up_to(100));
  for (auto left = message.number_up_to(most_items); left > 0 && message.is_good(); --left) {
    std::string words = read_text(message);
    text.privacy_links.push_back({std::move(words), read_text(message)});
  }
  text.is_on_privacy = message.flag();
  text.is_cut = message.flag();
  return text;
}

Problem stopped(const PageSource& source, std::string_view how) {
  Problem problem;
  problem.rung = Rung::syntax;
  problem.id = "page.stopped";
  problem.what = fmt::format("Reading the page was stopped: it {}.", how);
  problem.where = source.final_url;
  return problem;
}

Problem stopped(const PageSource& source, const Problem& why) {
  Problem problem = stopped(source, why.what);
  if (why.blame != Blame::environment) return problem;
  problem.what = why.what;
  problem.blame = why.blame;
  return problem;
}

std::vector<Result<PageText>> read_together(std::span<const PageSource> sources) {
  const auto answer = run_in_sandbox(page_limits, [&] {
    MessageWriter message;
    for (const PageSource& source : sources) write(text_of(blocks_of(source), source), message);
    return message.take();
  });
  std::vector<Result<PageText>> texts;
  if (!answer) {
    for (const PageSource& source : sources) texts.emplace_back(stopped(source, *answer.problem()));
    return texts;
  }
  MessageReader message{*answer};
  for (std::size_t i = 0; i < sources.size(); ++i) texts.emplace_back(read(message));
  if (message.is_whole()) return texts;
  texts.clear();
  for (const PageSource& source : sources) texts.emplace_back(stopped(source, "gave no answer that can be read"));
  return texts;
}

}  // namespace

std::vector<Result<PageText>> read_pages(std::span<const PageSource> sources) {
  page_words();  // here, where a mistake in them can be told, and once for all children
  auto texts = read_together(sources);
  // One page must not cost the others their text.
  const bool some_failed = std::ranges::any_of(texts, [](const auto& text) { return !text; });
  if (!some_failed || sources.size() < 2) return texts;
  texts.clear();
  for (const PageSource& source : sources) texts.push_back(read_together({&source, 1}).front());
  return texts;
}

}  // namespace plugvet

#include <httplib.h>

#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>
#include <map>
#include <mutex>
#include <nlohmann/json.hpp>
#include <thread>

#include "tests/cli/front_door.h"

using namespace plugvet::cli_tests;
using plugvet::Json;

namespace {

const char* const description = R"(
openapi: 3.0.3
info: {title: Notes, version: '1', description: Keeps notes.}
servers: [{url: '{origin}'}]
paths:
  /notes:
    get:
      operationId: listNotes
      parameters: [{name: limit, in: query, schema: {type: integer, minimum: 1, maximum: 100}}]
      responses:
        '200': {description: ok, content: {application/json: {schema: {type: array, items: {$ref: '#/components/schemas/Note'}}}}}
        '400': {description: wrong}
    post:
      operationId: addNote
      requestBody: {required: true, content: {application/json: {schema: {$ref: '#/components/schemas/NewNote'}}}}
      responses:
        '201': {description: made, content: {application/json: {schema: {$ref: '#/components/schemas/Note'}}}}
        '400': {description: wrong}
  /notes/{id}:
    get:
      operationId: readNote
      parameters: [{name: id, in: path, required: true, schema: {type: integer, minimum: 1}}]
      responses:
        '200': {description: ok, content: {application/json: {schema: {$ref: '#/components/schemas/Note'}}}}
        '400': {description: wrong}
        '404': {description: none}
    delete:
      operationId: deleteNote
      parameters: [{name: id, in: path, required: true, schema: {type: integer, minimum: 1}}]
      responses: {'204': {description: gone}, '400': {description: wrong}, '404': {description: none}}
components:
  schemas:
    NewNote:
      type: object
      required: [text]
      additionalProperties: false
      properties: {text: {type: string, minLength: 1, maxLength: 100}, stars: {type: integer, minimum: 0, maximum: 5}}
    Note:
      type: object
      required: [id, text, stars]
      properties: {id: {type: integer}, text: {type: string}, stars: {type: integer}}
)";

/// Keeps notes, rightly or with one defect.
class Notes {
 public:
  explicit Notes(std::string defect) : defect_{std::move(defect)} {
    port_ = server_.bind_to_any_port("127.0.0.1");
    server_.set_tcp_nodelay(true);
    server_.Get("/openapi.yaml", [this](const auto&, auto& answer) {
      std::string text = description;
      text.replace(text.find("{origin}"), 8, origin());
      answer.set_content(text, "application/yaml");
    });
    server_.Get("/notes", [this](const auto& asked, auto& answer) { list(asked, answer); });
    server_.Post("/notes", [this](const auto& asked, auto& answer) { add(asked, answer); });
    server_.Get(R"(/notes/([^/]+))", [this](const auto& asked, auto& answer) { one(asked, answer, false); });
    server_.Delete(R"(/notes/([^/]+))", [this](const auto& asked, auto& answer) { one(asked, answer, true); });
    if (defect_ == "put") server_.Put("/notes", [](const auto&, auto& answer) { answer.status = 200; });
    server_.set_error_handler([](const auto& asked, auto& answer) {
      if (answer.status == 404 && asked.path.starts_with("/notes") && answer.body.empty() &&
          (asked.method == "PUT" || asked.method == "PATCH"))
        answer.status = 405;
    });
    thread_ = std::thread{[this] { server_.listen_after_bind(); }};
    while (!server_.is_running()) std::this_thread::yield();
  }
  ~Notes() {
    server_.stop();
    thread_.join();
  }
  std::string origin() const { return "http://127.0.0.1:" + std::to_string(port_); }

 private:
  static void say(httplib::Response& answer, int status, const Json& json) {
    answer.status = status;
    answer.set_content(json.dump(-1, ' ', false, Json::error_handler_t::replace), "application/json");
  }
  static void refuse(httplib::Response& answer, const std::string& field) {
    say(answer, 400, Json{{"error", field + " is wrong"}});
  }
  static std::optional<long long> number(const std::string& text) {
    if (text.empty() || text.size() > 18 || text.find_first_not_of("0123456789") != std::string::npos) return {};
    return std::stoll(text);
  }

  void list(const httplib::Request& asked, httplib::Response& answer) {
    const std::lock_guard lock{mutex_};
    std::size_t most = 100;
    if (asked.has_param("limit")) {
      const auto limit = number(asked.get_param_value("limit"));
      if (!limit || *limit > 100 || (*limit < 1 && defect_ != "limit")) return refuse(answer, "limit");
      most = static_cast<std::size_t>(*limit);
      if (defect_ == "teapot" && most == 100) return say(answer, 418, Json::object());
    }
    Json all = Json::array();
    for (const auto& [id, note] : notes_)
      if (all.size() < most) all.push_back(note);
    say(answer, 200, all);
  }

  void add(const httplib::Request& asked, httplib::Response& answer) {
    const Json body = Json::parse(asked.body, nullptr, false);
    if (!asked.get_header_value("Content-Type").starts_with("application/json")) return refuse(answer, "Content-Type");
    if (!body.is_object()) return refuse(answer, "body");
    for (const auto& [name, ignored] : body.items())
      if (name != "text" && name != "stars") return refuse(answer, name);
    const bool has_text = body.contains("text");
    if (!has_text && defect_ != "required") return refuse(answer, "text");
    if (has_text && !body["text"].is_string()) return refuse(answer, "text");
    const std::string text = has_text ? body["text"].get<std::string>() : "";
    std::size_t length = 0;
    for (const char c : text) length += (static_cast<unsigned char>(c) & 0xc0) != 0x80;
    if (length > 50 && defect_ == "long") return say(answer, 500, Json::object());
    if (has_text && (length < 1 || length > 100)) return refuse(answer, "text");
    const Json stars = body.value("stars", Json(0));
    if (!stars.is_number_integer() || stars < 0 || stars > 5) return refuse(answer, "stars");
    const std::lock_guard lock{mutex_};
    Json note{{"id", ++last_}, {"text", text}, {"stars", stars}};
    if (defect_ == "missing") note.erase("stars");
    if (defect_ == "type") note["stars"] = std::to_string(stars.get<int>());
    if (notes_.size() > 90) notes_.erase(notes_.begin());
    notes_[last_] = note;
    say(answer, 201, note);
  }

  void one(const httplib::Request& asked, httplib::Response& answer, bool removes) {
    const auto id = number(asked.matches[1]);
    if (!id || *id < 1) return refuse(answer, "id");
    const std::lock_guard lock{mutex_};
    const auto found = notes_.find(*id);
    if (found == notes_.end()) return say(answer, 404, Json{{"error", "no such id"}});
    if (!removes) return say(answer, 200, found->second);
    if (defect_ != "undead") notes_.erase(found);
    answer.status = 204;
  }

  std::string defect_;
  httplib::Server server_;
  int port_ = 0;
  std::thread thread_;
  std::mutex mutex_;
  std::map<long long, Json> notes_;
  long long last_ = 0;
};

/// What is found, by check, and where it is said.
std::string findings_of(const std::string& defect) {
  const Notes notes{defect};
  const Folder folder;
  const Ended ended = run_plugvet({"review", notes.origin() + "/openapi.yaml", "--profile", "gpt-actions", "--live",
                                   "--allow-writes", "--seed", "1", "--only", "conformance/*", "--report", "json=r.json"},
                                  {.folder = folder.path()});
  const Json document = json_of(folder.read("r.json"));
  const bool is_whole = document["counts"]["passed"] > 5 && document["counts"]["blocked"] == 0;
  std::string all = is_whole ? "" : "not called: " + ended.out + ended.err;
  for (const Json& result : document["results"])
    for (const Json& finding : result["findings"])
      all += result["id"].get<std::string>() + ": " + finding["message"].get<std::string>() + "\n";
  return all;
}

struct Classic {
  const char *defect, *check, *operation;
};
std::ostream& operator<<(std::ostream& out, const Classic& one) { return out << one.defect; }
const Classic classics[] = {
    {"long", "conformance/server-errors", "addNote"},        {"missing", "conformance/answer-schema", "addNote"},
    {"limit", "conformance/invalid-input", "listNotes"},     {"undead", "conformance/deleted-objects", "deleteNote"},
    {"put", "conformance/undeclared-methods", "PUT /notes"}, {"type", "conformance/answer-schema", "addNote"},
    {"required", "conformance/invalid-input", "addNote"},    {"teapot", "conformance/declared-statuses", "listNotes"}};

}  // namespace

BOOST_AUTO_TEST_SUITE(classic_faults)

BOOST_AUTO_TEST_CASE(nothing_is_found_at_the_right_one) {
  BOOST_TEST(findings_of("") == "");
}

BOOST_DATA_TEST_CASE(each_is_found, classics, one) {
  const std::string found = findings_of(one.defect);
  const std::size_t at = found.find(one.check);
  BOOST_REQUIRE_MESSAGE(at != std::string::npos, found);
  BOOST_TEST(found.find(one.operation, at) != std::string::npos, found);
}

BOOST_AUTO_TEST_SUITE_END()

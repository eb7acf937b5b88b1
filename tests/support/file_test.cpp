#include "harness/support/file.h"

#include <fcntl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <boost/test/unit_test.hpp>
#include <cstdlib>
#include <fstream>

using namespace plugvet;
namespace fs = std::filesystem;

namespace {

/// A folder of its own for each test.
struct Folder {
  fs::path path;
  Folder() {
    std::string name = (fs::temp_directory_path() / "plugvet-file-XXXXXX").string();
    path = ::mkdtemp(name.data());
  }
  ~Folder() { fs::remove_all(path); }
  fs::path write(const std::string& name, const std::string& content) const {
    fs::create_directories((path / name).parent_path());
    std::ofstream{path / name, std::ios::binary} << content;
    return path / name;
  }
};

template <class T>
std::string id_of(const Result<T>& result) {
  return result ? "" : result.problem()->id;
}

std::size_t entries(const fs::path& folder) {
  return static_cast<std::size_t>(std::distance(fs::directory_iterator{folder}, {}));
}

}  // namespace

BOOST_FIXTURE_TEST_SUITE(file, Folder)

BOOST_AUTO_TEST_CASE(a_file_is_read_with_every_byte) {
  const std::string content("a\0b\r\n\xFF", 6);
  BOOST_TEST(*read_file(write("x", content), 6) == content);
  BOOST_TEST(*read_file(write("empty", ""), 0) == "");
  const std::string large(300000, 'x');
  BOOST_TEST(*read_file(write("large", large), large.size()) == large);
}

BOOST_AUTO_TEST_CASE(files_of_unknown_size_are_read_to_their_end) {
  BOOST_TEST(read_file("/proc/self/status", 1 << 20)->starts_with("Name:"));
  BOOST_TEST(id_of(read_file("/proc/self/status", 10)) == "file.too_large");
}

BOOST_AUTO_TEST_CASE(a_problem_says_what_is_there_instead) {
  const auto too_large = read_file(write("x", "1234567"), 6);
  BOOST_TEST(id_of(too_large) == "file.too_large");
  BOOST_TEST(too_large.problem()->what == "The file has 7 bytes; at most 6 bytes are read.");
  BOOST_TEST(too_large.problem()->where == (path / "x").string());
  BOOST_TEST((too_large.problem()->rung == Rung::file));
  BOOST_TEST(id_of(read_file(path / "none", 6)) == "file.missing");
  BOOST_TEST(id_of(read_file(path / "x" / "y", 6)) == "file.missing");
  BOOST_TEST(id_of(read_file(fs::path{std::string("x\0y", 3)}, 6)) == "file.missing");
  BOOST_TEST(read_file(path, 6).problem()->what == "This is a folder, not a regular file.");
  BOOST_TEST(read_file("/dev/zero", 6).problem()->what == "This is a device, not a regular file.");
}

BOOST_AUTO_TEST_CASE(a_pipe_and_a_socket_do_not_block) {
  const fs::path pipe = path / "pipe";
  BOOST_REQUIRE(::mkfifo(pipe.c_str(), 0600) == 0);
  BOOST_TEST(id_of(read_file(pipe, 6)) == "file.not_regular");
  BOOST_TEST(id_of(read_file_beneath(path, "pipe", 6)) == "file.not_regular");
  const fs::path name = path / "socket";
  const int socket = ::socket(AF_UNIX, SOCK_STREAM, 0);
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  name.string().copy(address.sun_path, sizeof address.sun_path - 1);
  BOOST_REQUIRE(::bind(socket, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0);
  BOOST_TEST(id_of(read_file(name, 6)) == "file.not_regular");
  ::close(socket);
}

BOOST_AUTO_TEST_CASE(a_sparse_file_of_a_terabyte_is_refused_at_once) {
  const fs::path sparse = write("sparse", "");
  fs::resize_file(sparse, std::uintmax_t{1} << 40);
  BOOST_TEST(id_of(read_file(sparse, 10u << 20)) == "file.too_large");
}

BOOST_AUTO_TEST_CASE(an_unreadable_file_is_the_fault_of_the_environment) {
  const fs::path secret = write("secret", "x");
  fs::permissions(secret, fs::perms::none);
  if (::geteuid() == 0) {
    BOOST_TEST_MESSAGE("skipped: the superuser can read everything");
    return;
  }
  const auto result = read_file(secret, 6);
  BOOST_TEST(id_of(result) == "file.unreadable");
  BOOST_TEST((result.problem()->blame == Blame::environment));
}

BOOST_AUTO_TEST_CASE(links_are_followed_only_where_asked) {
  write("target", "content");
  fs::create_symlink("target", path / "link");
  BOOST_TEST(*read_file(path / "link", 100) == "content");
  BOOST_TEST(id_of(read_file(path / "link", 100, false)) == "file.link");
  fs::create_symlink("loop", path / "loop");
  BOOST_TEST(id_of(read_file(path / "loop", 100)) == "file.link");
}

BOOST_AUTO_TEST_CASE(nothing_outside_the_folder_is_opened) {
  write("outside", "secret");
  write("in/folder/file", "content");
  fs::create_symlink("../outside", path / "in/link");
  fs::create_symlink("/etc/passwd", path / "in/absolute");
  fs::create_directory_symlink("folder", path / "in/folder_link");
  const fs::path in = path / "in";
  BOOST_TEST(*read_file_beneath(in, "folder/file", 100) == "content");
  BOOST_TEST(*read_file_beneath(in, "./folder//file", 100) == "content");
  BOOST_TEST(id_of(read_file_beneath(in, "link", 100)) == "file.link");
  BOOST_TEST(id_of(read_file_beneath(in, "absolute", 100)) == "file.link");
  BOOST_TEST(id_of(read_file_beneath(in, "folder_link/file", 100)) == "file.link");
  BOOST_TEST(id_of(read_file_beneath(in, "../outside", 100)) == "file.outside");
  BOOST_TEST(id_of(read_file_beneath(in, "folder/../folder/file", 100)) == "file.outside");
  BOOST_TEST(id_of(read_file_beneath(in, "/etc/passwd", 100)) == "file.outside");
  BOOST_TEST(id_of(read_file_beneath(in, "", 100)) == "file.outside");
  BOOST_TEST(id_of(read_file_beneath(in, "none", 100)) == "file.missing");
  BOOST_TEST(id_of(read_file_beneath(in, "folder/file/x", 100)) == "file.missing");
  BOOST_TEST(id_of(read_file_beneath(in, "folder", 100)) == "file.not_regular");
  BOOST_TEST(id_of(read_file_beneath(path / "none", "x", 100)) == "file.missing");
  BOOST_TEST(id_of(read_file_beneath(in, "folder/file", 3)) == "file.too_large");
}

BOOST_AUTO_TEST_CASE(writing_replaces_the_file_and_leaves_nothing_else) {
  const fs::path target = write("report.html", "old");
  BOOST_TEST(*write_file(target, "new") == 3u);
  BOOST_TEST(*read_file(target, 10) == "new");
  BOOST_TEST(*write_file(path / "other.html", "") == 0u);
  BOOST_TEST(entries(path) == 2u);
  const mode_t mask = ::umask(027);
  BOOST_TEST(bool{write_file(path / "masked", "x")});
  ::umask(mask);
  BOOST_TEST((fs::status(path / "masked").permissions() == static_cast<fs::perms>(0640)));
}

BOOST_AUTO_TEST_CASE(a_file_for_its_owner_is_nobody_elses_to_read) {
  const auto permissions = [&] { return fs::status(path / "tape").permissions(); };
  BOOST_TEST(bool{write_file(path / "tape", "x")});
  BOOST_TEST((permissions() != fs::perms{0600}));
  BOOST_TEST(bool{write_file(path / "tape", "x", Readers::owner)});
  BOOST_TEST((permissions() == fs::perms{0600}));
}

BOOST_AUTO_TEST_CASE(writing_through_a_link_keeps_the_link) {
  write("real/report", "old");
  fs::create_symlink("real/report", path / "link");
  BOOST_TEST(bool{write_file(path / "link", "new")});
  BOOST_TEST(fs::is_symlink(path / "link"));
  BOOST_TEST(*read_file(path / "real/report", 10) == "new");
  BOOST_TEST(entries(path / "real") == 1u);
}

BOOST_AUTO_TEST_CASE(devices_are_written_to_directly) {
  BOOST_TEST(bool{write_file("/dev/null", "x")});
  const auto full = write_file("/dev/full", "x");
  BOOST_TEST(id_of(full) == "file.unwritable");
  BOOST_TEST(full.problem()->what == "The file cannot be written: No space left on device.");
}

BOOST_AUTO_TEST_CASE(a_pipe_gets_the_content) {
  int ends[2];
  BOOST_REQUIRE(::pipe(ends) == 0);
  BOOST_TEST(bool{write_file("/proc/self/fd/" + std::to_string(ends[1]), "hello")});
  char buffer[8] = {};
  BOOST_TEST(::read(ends[0], buffer, sizeof buffer) == 5);
  BOOST_TEST(std::string{buffer} == "hello");
  ::close(ends[0]);
  ::close(ends[1]);
}

BOOST_AUTO_TEST_CASE(what_cannot_be_written_is_the_users_turn) {
  for (const fs::path& target : {path, path / "none/report", path / ""}) {
    const auto result = write_file(target, "x");
    BOOST_TEST(id_of(result) == "file.unwritable", target);
    BOOST_TEST((result.problem()->blame == Blame::user));
  }
  BOOST_TEST(id_of(write_file("", "x")) == "file.unwritable");
}

BOOST_AUTO_TEST_SUITE_END()

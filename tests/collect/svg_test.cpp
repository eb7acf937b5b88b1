#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>
#include <chrono>

#include "harness/collect/collect.h"

using namespace plugvet;
namespace data = boost::unit_test::data;

namespace {

const std::string opening = R"(<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" )";

std::string svg(const std::string& content) {
  return opening + "width='64' height='32'>" + content + "</svg>";
}

Logo read(const std::string& bytes) {
  const auto start = std::chrono::steady_clock::now();
  auto logo = read_logo(bytes, "image/svg+xml", "logo.svg");
  BOOST_TEST((std::chrono::steady_clock::now() - start < std::chrono::seconds{5}));
  BOOST_REQUIRE_MESSAGE(logo, "no image: " << bytes.substr(0, 100));
  BOOST_TEST((logo->format == ImageFormat::svg));
  return *logo;
}

std::string fate(const std::string& bytes) {
  const Logo logo = read(bytes);
  return logo.decoding ? logo.decoding->id : "";
}

const std::string scripts[] = {"<script>alert(1)</script>",
                               "<g><SCRIPT xlink:href='#x'/></g>",
                               "<rect onload='alert(1)'/>",
                               "<rect ONCLICK='alert(1)'/>",
                               "<a href='javascript:alert(1)'/>",
                               "<a xlink:href=' JavaScript:alert(1)'/>",
                               "<a href='java&#10;script:alert(1)'/>",
                               "<a><animate attributeName='href' values='x;javascript:alert(1)'/></a>",
                               "<a><set attributeName='href' to='javascript:alert(1)'/></a>"};

const std::string references[] = {"<image href='http://169.254.169.254/latest'/>",
                                  "<image xlink:href='//acme.com/x.png'/>",
                                  "<use href='other.svg#x'/>",
                                  "<style>@import 'https://acme.com/x.css';</style>",
                                  "<style><![CDATA[ @IMPORT url(x.css); ]]></style>",
                                  "<style>a { fill: url( \"https://acme.com/x#y\" ) }</style>",
                                  "<rect style='fill: URL(https://acme.com/x#y)'/>",
                                  "<rect fill='url(//acme.com/x#y)'/>",
                                  "<foreignObject><p xmlns='http://www.w3.org/1999/xhtml'/></foreignObject>"};

const std::string harmless[] = {"<rect width='9' height='9' fill='red'/>",    "<use href='#x'/>",
                                "<image href='data:image/png;base64,AA=='/>", "<rect fill='url(#x)'/>",
                                "<style>a { fill: url('#x') }</style>",       "<!-- <script>alert(1)</script> -->",
                                "<text>javascript: onload= @import</text>"};

}  // namespace

BOOST_AUTO_TEST_SUITE(svg_logos)

BOOST_DATA_TEST_CASE(scripts_are_seen, data::make(scripts), content) {
  const Logo logo = read(svg(content));
  BOOST_TEST(logo.has_script);
  BOOST_TEST(!logo.decoding);
}

BOOST_DATA_TEST_CASE(references_to_elsewhere_are_seen, data::make(references), content) {
  const Logo logo = read(svg(content));
  BOOST_TEST(logo.has_external_references);
  BOOST_TEST(!logo.has_script);
  BOOST_TEST(!logo.decoding);
}

BOOST_DATA_TEST_CASE(harmless_drawings_are_harmless, data::make(harmless), content) {
  const Logo logo = read(svg(content));
  BOOST_TEST(!logo.has_script);
  BOOST_TEST(!logo.has_external_references);
  BOOST_TEST(!logo.decoding);
  BOOST_TEST(logo.width == 64);
  BOOST_TEST(logo.height == 32);
  BOOST_TEST(logo.preview_png.empty());
}

BOOST_AUTO_TEST_CASE(a_style_sheet_instruction_refers_elsewhere) {
  const Logo logo = read("<?xml version='1.0'?><?xml-stylesheet href='https://acme.com/x.css'?>" + svg(""));
  BOOST_TEST(logo.has_external_references);
}

BOOST_AUTO_TEST_CASE(an_event_attribute_of_the_root_is_a_script) {
  BOOST_TEST(read(opening + "onload='alert(1)'/>").has_script);
}

BOOST_AUTO_TEST_CASE(the_size_is_that_of_width_and_height_or_of_the_view_box) {
  const auto size = [](const std::string& attributes) {
    const Logo logo = read(opening + attributes + "/>");
    BOOST_TEST(!logo.decoding);
    return std::to_string(logo.width) + "x" + std::to_string(logo.height);
  };
  BOOST_TEST(size("width='512' height='256px'") == "512x256");
  BOOST_TEST(size("viewBox='0 0 24 12'") == "24x12");
  BOOST_TEST(size("viewBox='-5,-5,24.5,\n 12.5'") == "24x12");
  BOOST_TEST(size("viewBox='0 0 24 12' width='512' height='512'") == "512x512");
  BOOST_TEST(size("viewBox='0 0 24 24' width='512'") == "24x24");
  BOOST_TEST(size("viewBox='0 0 24 24' width='100%' height='100%'") == "24x24");
  BOOST_TEST(size("width='1em' height='1em'") == "0x0");
  BOOST_TEST(size("") == "0x0");
  for (const std::string odd : {"1e9", "-1", "nan", "inf", "1e999", "0", "", "99999999999999999999999"})
    BOOST_TEST(size("viewBox='0 0 " + odd + " " + odd + "' width='" + odd + "' height='" + odd + "'") == "0x0", odd);
}

BOOST_AUTO_TEST_CASE(declared_entities_are_refused_and_none_is_expanded) {
  std::string laughs = "<!DOCTYPE svg [<!ENTITY a 'ha'>";
  for (char name = 'b'; name < 'z'; ++name) {
    laughs += std::string{"<!ENTITY "} + name + " '";
    for (int i = 0; i < 10; ++i) laughs += std::string{"&"} + static_cast<char>(name - 1) + ";";
    laughs += "'>";
  }
  BOOST_TEST(fate(laughs + "]>" + svg("<text>&y;</text>")) == "logo.corrupt");
  BOOST_TEST(fate("<!DOCTYPE svg [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>" + svg("<text>&x;</text>")) ==
             "logo.corrupt");
  BOOST_TEST(fate("<!DOCTYPE svg [<!ENTITY % x SYSTEM 'http://127.0.0.1:9/'> %x;]>" + svg("")) == "logo.corrupt");
  const Logo logo = read("<!DOCTYPE svg [<!ENTITY x 'y'>]>" + svg(""));
  BOOST_TEST(logo.decoding->what.find("entities") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(declared_attributes_are_refused) {
  BOOST_TEST(fate("<!DOCTYPE svg [<!ATTLIST svg onload CDATA 'alert(1)'>]>" + svg("")) == "logo.corrupt");
  BOOST_TEST(fate("<!DOCTYPE svg [<!ATTLIST svg a (b|c) 'b'>]>" + svg("")) == "logo.corrupt");
}

BOOST_AUTO_TEST_CASE(a_document_type_declaration_alone_is_no_problem_and_loads_nothing) {
  BOOST_TEST(fate("<?xml version='1.0' encoding='utf-8'?><!-- drawn --><!DOCTYPE svg PUBLIC '-//W3C//DTD SVG 1.1//EN' "
                  "'http://127.0.0.1:9/svg11.dtd'>" +
                  svg("")) == "");
}

BOOST_AUTO_TEST_CASE(deep_nesting_is_a_limit_and_no_crash) {
  std::string deep, shallow;
  for (int i = 0; i < 100'000; ++i) deep += "<g>";
  for (int i = 0; i < 100; ++i) shallow += "<g>";
  for (int i = 0; i < 100; ++i) shallow += "</g>";
  BOOST_TEST(fate(svg(deep)) == "logo.decoder_limit");
  BOOST_TEST(fate(svg(shallow)) == "");
}

BOOST_AUTO_TEST_CASE(very_many_elements_are_a_limit) {
  std::string many;
  for (int i = 0; i < 500'000; ++i) many += "<g/>";
  BOOST_TEST(fate(svg(many)) == "logo.decoder_limit");
}

BOOST_AUTO_TEST_CASE(what_is_not_well_formed_is_corrupt) {
  const std::string whole = svg("<g a='b'>text</g>");
  for (std::size_t size = opening.size(); size < whole.size(); ++size)
    BOOST_TEST(fate(whole.substr(0, size)) == "logo.corrupt");
  BOOST_TEST(fate("<svg") == "logo.corrupt");
  BOOST_TEST(fate(svg("&unknown;")) == "logo.corrupt");
  BOOST_TEST(fate(svg("\xFF\xFE")) == "logo.corrupt");
  BOOST_TEST(fate(svg(std::string(1, '\0'))) == "logo.corrupt");
  BOOST_TEST(fate("<svg a='" + std::string(200'000, '<')) == "logo.corrupt");
}

BOOST_AUTO_TEST_SUITE_END()

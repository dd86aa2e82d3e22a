// HTML to text: what joins, what parts, what is hidden.
#include <ctime>

#include <gtest/gtest.h>

#include "extract/html_entities.h"
#include "extract/html_text.h"

namespace noshare::extract {
namespace {

struct HtmlCase {
  const char* name;
  std::string html;
  std::string visible;
  std::string hidden;
  std::string attributes;
};

class HtmlReading : public testing::TestWithParam<HtmlCase> {};

TEST_P(HtmlReading, SeparatesWhatIsSeenFromWhatIsNot) {
  const HtmlText text = html_to_text(GetParam().html, false);
  EXPECT_EQ(text.visible.text, GetParam().visible);
  EXPECT_EQ(text.hidden.text, GetParam().hidden);
  EXPECT_EQ(text.attributes.text, GetParam().attributes);
}

INSTANTIATE_TEST_SUITE_P(
    Cases, HtmlReading,
    testing::Values(
        HtmlCase{"InlineTagsJoin", "41<b>11</b><i>22</i>", "411122", "", ""},
        HtmlCase{"CommentsJoin", "41<!-- x -->11", "4111", " x ", ""},
        HtmlCase{"WordBreakJoins", "41<wbr>11", "4111", "", ""},
        HtmlCase{"BlocksBreakLines", "<p>a</p><p>b</p><div>c</div>", "a\nb\nc", "", ""},
        HtmlCase{"LineBreak", "a<br>b<BR/>c", "a\nb\nc", "", ""},
        HtmlCase{"SpaceCollapses", "a \r\n\t b", "a b", "", ""},
        HtmlCase{"PreKeepsSpace", "<pre>a  b\nc</pre>", "a  b\nc", "", ""},
        HtmlCase{"CellsAreParted",
                 "<table><tr><td>41</td><td>11</td></tr><tr><td>a<td>b</table>",
                 "41\t11\na\tb", "", ""},
        HtmlCase{"BlocksInsideCellsKeepTheRow",
                 "<tr><td><p>41</p></td><td><div>11</div></td></tr><tr><td>x</td></tr>",
                 "41\t11\nx", "", ""},
        HtmlCase{"Entities", "&#52;&#x31;&nbsp;&lt;&copy&eacute;&bogus;&",
                 "41\u00A0<©é&bogus;&", "", ""},
        HtmlCase{"LiteralLessThan", "a < b <3", "a < b <3", "", ""},
        HtmlCase{"DisplayNone", "41<span style=\"display: none\">99</span>11", "4111",
                 "99", ""},
        HtmlCase{"VisibilityHidden", "a<b style='visibility:hidden'>x</b>b", "ab", "x",
                 ""},
        HtmlCase{
            "VisibleInHidden",
            "a<b style='visibility:hidden'>x<i style='visibility:visible'>b</i>y</b>c",
            "abc", "xy", ""},
        HtmlCase{"VisibleInHiddenLeftOpen",
                 "a<b style='visibility:hidden'><i style='visibility:visible'>b</b>c<b "
                 "style='display:none'>x</b>d",
                 "abcd", "x", ""},
        HtmlCase{"HiddenInVisibleInHidden",
                 "a<u style='visibility:hidden'>x<b style='visibility:visible'>b<i "
                 "style='display:none'>y</i>c</b></u>d",
                 "abcd", "x\ny", ""},
        HtmlCase{"VisibleInNotDisplayed",
                 "a<b style='display:none'><i style='visibility:visible'>x</i></b>c",
                 "ac", "x", ""},
        HtmlCase{"FontSizeZero", "a<b style=font-size:0px>x</b>b", "ab", "x", ""},
        HtmlCase{"FontSizeTen", "a<b style=font-size:10px>x</b>b", "axb", "", ""},
        HtmlCase{"WhiteText", "a<font color=\"#FFFFFF\">x</font>b", "ab", "x", ""},
        HtmlCase{"WhiteTextOnColour", "<td style=\"background:#00f;color:white\">x</td>",
                 "x", "", ""},
        HtmlCase{"NestedInHidden", "<div hidden>a<div>b</div>c</div>d", "d", "a\nb\nc\n",
                 ""},
        HtmlCase{"Script", "a<script>var n = '<b>1';</script>b", "ab", "var n = '<b>1';",
                 ""},
        HtmlCase{"Title", "<title>t</title><p>b", "b", "t", ""},
        HtmlCase{"Attributes", "<a href=\"x?n=1&amp;m=2\" class=k>t</a><img alt=pic>",
                 "t", "", "x?n=1&m=2\npic"},
        HtmlCase{"GreaterThanInQuotes", "<a title=\"a > b\">t</a>", "t", "", "a > b"},
        HtmlCase{"TagNeverClosed", "a<b title=\"4111", "a", "<b title=\"4111", ""}),
    [](const auto& c) { return std::string(c.param.name); });

TEST(HtmlReading, MapsTextToMarkup) {
  const std::string html = "<p>No. 41&#49;<b>1</b> end";
  const HtmlText text = html_to_text(html, true);
  ASSERT_EQ(text.visible.text, "No. 4111 end");
  EXPECT_EQ(text.visible.map.source_begin(4), html.find("41&"));
  EXPECT_EQ(text.visible.map.source_begin(6), html.find("&#49"));
  EXPECT_EQ(text.visible.map.source_begin(7), html.find("1</b>"));
}

TEST(HtmlReading, TellsQuotes) {
  const HtmlText text =
      html_to_text("new<blockquote>old<blockquote>x</blockquote></blockquote>z", false);
  ASSERT_EQ(text.quoted.size(), 1U);
  EXPECT_EQ(text.visible.text.substr(text.quoted[0].begin,
                                     text.quoted[0].end - text.quoted[0].begin),
            "\nold\nx");
}

std::string repeated(std::string_view piece, std::size_t bytes) {
  std::string text;
  while (text.size() < bytes) text += piece;
  return text;
}

class HostileHtml : public testing::TestWithParam<const char*> {};

TEST_P(HostileHtml, TakesLinearTime) {
  const std::string html = repeated(GetParam(), 1U << 20U);
  const std::clock_t begin = std::clock();
  (void)html_to_text(html, true);
  EXPECT_LT(std::clock() - begin, 5 * CLOCKS_PER_SEC);  // of processor time
}

INSTANTIATE_TEST_SUITE_P(Cases, HostileHtml,
                         testing::Values("<div>", "<div style='display:none'>", "<",
                                         "<style>b b b b b>i{font-size:0}</style><b><i>",
                                         "<style>i~i~i~i+b{font-size:0}</style><i></i>",
                                         "<style>.x{color:#fff}</style><i class=x>",
                                         "<a ", "<a b='", "<!--", "<script>", "</scrip",
                                         "&", "&#", "<td>", "<!-- --!", "<title>", "</"));

TEST(CharacterReference, FollowsTheStandard) {
  EXPECT_EQ(character_reference("&notit;").text(), "¬");
  EXPECT_EQ(character_reference("&notin;").text(), "∉");
  EXPECT_EQ(character_reference("&#128;").text(), "€");
  EXPECT_EQ(character_reference("&#x110000;").text(), "\uFFFD");
  EXPECT_EQ(character_reference("&CounterClockwiseContourIntegral;").text(), "∳");
  EXPECT_EQ(character_reference("&;").bytes, 0U);
}

struct ShownCase {
  std::string name;
  std::string html;
  std::string shown;
};

class ShownHtml : public testing::TestWithParam<ShownCase> {};

// The second reading: whatever styles may hide is hidden, and what they move is moved.
TEST_P(ShownHtml, FollowsStyles) {
  EXPECT_EQ(html_to_text(GetParam().html, false).shown.text, GetParam().shown);
}

INSTANTIATE_TEST_SUITE_P(
    Cases, ShownHtml,
    testing::Values(
        ShownCase{"Plain", "<p>41<b>11</b></p>", ""},
        ShownCase{"Class", "<style>.x{display:none}</style><p>41<i class=x>7</i>11</p>",
                  "4111\n"},
        ShownCase{"ClassInMedia",
                  "<style>@media screen{p .x,b{font-size:0}}</style><p>41<i class='a "
                  "x'>7</i>11",
                  "4111\n"},
        ShownCase{"Id", "<style>/*a*/#x{visibility:/**/hidden}</style>41<i id=x>7</i>11",
                  "4111\n"},
        ShownCase{"OffThePage", "41<i style='position:absolute;left:-9999px'>7</i>11",
                  "4111\n"},
        ShownCase{"SameColour",
                  "<div style='background:#123'>41<i style='color:#123'>7</i>11</div>",
                  "4111\n"},
        ShownCase{"NearlyWhite", "41<i style='color:#fefefe'>7</i>11", "4111\n"},
        ShownCase{"TurnedRound", "a <bdo dir=rtl>1114</bdo>", "a 4111\n"},
        ShownCase{
            "ReversedRow",
            "<div style='display:flex;flex-direction:row-reverse'><b>11</b><b>41</b>"
            "</div>",
            " 41 11 \n"},
        ShownCase{"Floats", "<b style='float:right'>11</b><b style='float:right'>41</b>",
                  " 41 11 \n"},
        ShownCase{"Ordered", "<b style='order:2'>11</b><b style='order:1'>41</b>",
                  " 41 11 \n"},
        ShownCase{"Generated",
                  "<style>.x:before{content:'4\\000031 11'}</style><i class=x></i>",
                  "4111\n"},
        ShownCase{"GeneratedFromAttribute",
                  "<style>i:before{content:attr(data-d)}</style><i data-d=4111></i>",
                  "4111\n"},
        ShownCase{"GeneratedOnBothSides",
                  "<style>.x:before{content:'4'}.x::after{content:'11'}</style>"
                  "<i class=x>1</i>",
                  "4111\n"},
        ShownCase{"GeneratedBehindAParagraph",
                  "<style>p:after{content:'11'}</style><p>41<p>a", "4111\na11\n"},
        ShownCase{"GeneratedInWhatIsHidden",
                  "<style>b:after{content:'77'}</style>41<i style=display:none>"
                  "<b>8</b></i>11",
                  ""},  // as in the first reading
        ShownCase{"StruckOutByElement", "41<s>7</s>1<strike>8</strike>1", "4111\n"},
        ShownCase{"StruckOut", "41<i style='text-decoration: line-through'>7</i>11",
                  "4111\n"},
        ShownCase{"Ancestor",
                  "<style>.w i{display:none}</style><i>41</i><b class=w><i>7</i></b>11",
                  "4111\n"},
        ShownCase{"Child",
                  "<style>b>i{display:none}</style><b>4<i>7</i><u><i>1</i></u></b>11",
                  "4111\n"},
        ShownCase{"Sibling", "<style>i+i{display:none}</style><u><i>41</i><i>7</i></u>11",
                  "4111\n"},
        ShownCase{
            "LaterSibling",
            "<style>b~i{display:none}</style><u><i>41</i><b></b><em>1</em><i>7</i></u>1",
            "4111\n"},
        ShownCase{"Not",
                  "<style>i:not(.s){display:none}</style><i class=s>41</i><i>7</i>11",
                  "4111\n"},
        ShownCase{"EverySecond",
                  "<style>i:nth-child(2n){display:none}</style>"
                  "<u><i>41</i><i>7</i><i>11</i><i>8</i></u>",
                  "4111\n"},
        ShownCase{"Attribute",
                  "<style>i[title^='a b']{display:none}</style>"
                  "<i title=a>41</i><i title='a bc'>7</i>11",
                  "4111\n"},
        ShownCase{
            "TwoClasses",
            "<style>.a.b{display:none}</style><i class=a>41</i><i class='b a'>7</i>11",
            "4111\n"},
        ShownCase{"LinkedSheet",
                  "<link rel=stylesheet href='data:text/css,.x%7Bdisplay:none%7D'>"
                  "41<i class=x>7</i>11",
                  "4111\n"},
        ShownCase{"ImportedSheet",
                  "<style>@import url(data:text/css;base64,Lnh7ZGlzcGxheTpub25lfQ==);"
                  "</style>41<i class=x>7</i>11",
                  "4111\n"},
        ShownCase{"SpansOfDrawings",
                  "<text><tspan x='20'>11</tspan><tspan x='9'>41</tspan></text>",
                  " 41 11 \n"},
        ShownCase{"FieldBehindItsLabel", "SSN<input value='536-22-8726'>.",
                  "SSN 536-22-8726.\n"},
        ShownCase{"MoreSpecific",
                  "<style>.s{display:inline}i{display:none}</style>"
                  "<i class=s>41</i><i>7</i>11",
                  "4111\n"},
        ShownCase{
            "OwnStyleHolds",
            "<style>i{display:none}</style><i style='display:inline'>41</i><i>7</i>11",
            "4111\n"},
        ShownCase{"ImportantHolds",
                  "<style>.x{display:none!important}</style>"
                  "41<i class=x style='display:inline'>7</i>11",
                  "4111\n"},
        ShownCase{
            "EscapedAndVariable",
            "<style>b{--d:none}.x{dis\\70 lay:var(--d)}</style>41<i class=x>7</i>11",
            "4111\n"},
        ShownCase{"OnDemandIsNot", "<style>i:hover{display:none}</style>41<i>7</i>11",
                  ""},
        ShownCase{"ItemsEndItems",
                  "<style>.x{display:none}</style>"
                  "<ul><li class=x>7<li>41<i class=x>9</i>11</ul>",
                  "4111\n"},
        ShownCase{"Mirrored", "a <b style='transform:scaleX(-1)'>1114</b>", "a 4111\n"},
        ShownCase{"MirroredDrawing",
                  "<text>a</text><text transform='scale(-1,1)'>1114</text>", "a 4111\n"},
        ShownCase{"Moved",
                  "<text transform='translate(20,5)'>11</text>"
                  "<g transform='matrix(1 0 0 1 9 5)'>41</g>",
                  " 41 11 \n"},
        ShownCase{"PlacedFromTheRight", "<text x='30 20 10'>114</text>", "411\n"},
        ShownCase{"Rows",
                  "<p style='position:absolute;top:40px'>11</p>"
                  "<p style='position:absolute;top:9px'>41</p>",
                  " 41 11 \n"},
        ShownCase{"RowsAndColumns",
                  "<b style='grid-area:2/1'>22</b><b style='grid-area:1/2'>11</b>"
                  "<b style='grid-area:1/1'>41</b>",
                  " 41 11 22 \n"},
        ShownCase{"UsedAgain",
                  "<defs><text id=a>41</text><symbol id=b>11</symbol></defs>"
                  "<text>card</text><use href='#a'/><use xlink:href='#b'/>",
                  "4111 card 4111\n"},
        ShownCase{
            "Counters",
            "<style>.a{counter-reset:n 40}.b{counter-increment:n}"
            ".b:before{content:counter(n) '11'}</style><i class=a></i><i class=b></i>",
            "4111\n"},
        ShownCase{"NumbersOfItems", "<ol start=41><li><li value=11></ol>", "41 \n11 \n"},
        ShownCase{"ChosenOptions",
                  "<select><option selected>41<option>7</select>"
                  "<select><option>8<option selected>11</select>",
                  "41\n11\n"},
        ShownCase{
            "AttributesOfDrawings",
            "<text>41<tspan display=none>7</tspan><tspan fill=none>8</tspan>11</text>",
            "4111\n"},
        ShownCase{"RowsOfDrawings", "<text y=40>11</text><text y=9>41</text>",
                  " 41 11 \n"},
        ShownCase{"NestedRules",
                  "<style>p{color:red;i{display:none}& b{display:none}}</style>"
                  "<p>41<i>7</i>1<b>8</b>1</p><i></i>",
                  "4111\n"},
        ShownCase{"AttributeInAnyCase",
                  "<style>[title='AB' i]{display:none}</style>41<i title=ab>7</i>11",
                  "4111\n"},
        ShownCase{"ReferencesInStyles", "41<i style='&#100;isplay:none;zoom:0'>7</i>11",
                  ""},
        ShownCase{"Faint", "41<i style='color:rgb(0 0 0 / 0)'>7</i>11", "4111\n"},
        ShownCase{"FaintHexadecimal", "41<i style='color:#0000'>7</i>11", "4111\n"},
        ShownCase{"Light", "41<i style='color:hsl(0,0%,100%)'>7</i>11", "4111\n"},
        ShownCase{"MovedAway", "41<i style='transform:translateX(-9999px)'>7</i>11",
                  "4111\n"},
        ShownCase{"CellOfACalculation", "<td>card<td x:num=4111222233334444>4.1E+15",
                  "card\t41112222333344444.1E+15\n"},
        ShownCase{"Pictures", "<img alt=41 src=a><img alt=11 src=b>", "4111\n"},
        ShownCase{"Fields", "<input value=41><input value=11>", "4111\n"}),
    [](const auto& one) { return one.param.name; });

// As newsletters do, to have no gap between columns.
TEST(HtmlReading, ShowsWhatHasASizeInWhatHasNone) {
  const HtmlText text = html_to_text(
      "<p style='font-size:0'><b style='font-size:14px'>41</b>7<b "
      "style='font-size:14px'>11</b></p>",
      false);
  EXPECT_EQ(text.visible.text, "4111");
  EXPECT_EQ(text.hidden.text, "7\n");
}

TEST(HtmlReading, UsesTextsAgainOnlySoOften) {
  std::string page = "<text id=a>" + std::string(1000, '4') + "</text>";
  for (int i = 0; i < 2000; ++i) page += "<use href=#a>";
  EXPECT_LT(html_to_text(page, false).shown.text.size(), 400'000U);
}

TEST(HtmlReading, GivesTheDocumentsOfFrames) {
  const HtmlText text =
      html_to_text("<iframe srcdoc='&lt;p>41&lt;b>11'></iframe>", false);
  ASSERT_EQ(text.frames.size(), 1U);
  EXPECT_EQ(text.frames[0], "<p>41<b>11");
}

}  // namespace
}  // namespace noshare::extract

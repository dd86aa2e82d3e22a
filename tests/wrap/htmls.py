"""Ways to write a number in HTML so that people see it and programs may not.

In:  the groups of a number     Out: HTML; HTMLS, by name
"""

import base64
import html


def single(separator):
    return lambda g: " ".join(separator.join(p) for p in g)


def label(g):
    """What the number is, where it stands away from the sentence."""
    return "social security number" if len(g) == 3 and len(g[0]) == 3 else "card number"


def written(g):
    return label(g) + " " + ("-" if len(g) == 3 and len(g[0]) == 3 else " ").join(g)


def between(separator):
    return lambda g: separator.join(g)


def each(before, after, join=""):
    return lambda g: join.join(before + p + after for p in g)


def each_sign(before, after, join=""):
    return lambda g: join.join(before + c + after for c in "".join(g))


def hidden_by(style):
    return single(f'<span style="{style}">7</span>')


def classed(rule):
    return lambda g: f"<style>{rule}</style>" + " ".join(
        '<i class="x">7</i>'.join(p) for p in g)


def reversed_in(before, after):
    return lambda g: before + " ".join(g)[::-1] + after


def styled(rules, tag, decoy):
    """Each sign in an element, and behind it a decoy of the same kind that a rule hides."""
    return lambda g: f"<style>{rules}</style>" + " ".join(
        "".join(f"{tag}{c}</i>{decoy}" for c in p) for p in g)


HTMLS = {
    "plain": lambda g: " ".join(g),
    "bold": each("<b>", "</b>", " "),
    "bold by sign": single("</b><b>"),
    "spans by sign": each_sign("<span>", "</span>"),
    "fonts by sign": each_sign('<font color="#000001">', "</font>"),
    "empty spans": single("<span></span>"),
    "empty spans with styles": single('<span style="color:red"></span>'),
    "links by group": each('<a href="#">', "</a>", " "),
    "wbr": single("<wbr>"),
    "empty comments": single("<!---->"),
    "comments": single("<!-- 7 -->"),
    "comments with tags": single("<!-- <b>7</b> -->"),
    "odd comments": single("<!x>"),
    "processing instructions": single("<?x 7?>"),
    "unknown tags": single("<zz></zz>"),
    "unknown tags with numbers": single('<zz n="7">'),
    "tags with > in quotes": single('<b title="a>7">'),
    "broken tags": single("<b/7>"),
    "closing tags": single("</zz>"),
    "namespaced tags": single("<o:p></o:p>"),
    "entities": lambda g: " ".join("".join(f"&#{ord(c)};" for c in p) for p in g),
    "entities, hexadecimal": lambda g: " ".join("".join(f"&#x{ord(c):X};" for c in p) for p in g),
    "entities with zeros": lambda g: " ".join("".join(f"&#{ord(c):07d};" for c in p) for p in g),
    "entities without ends": lambda g: " ".join("".join(f"&#{ord(c)}" for c in p) for p in g),
    "entities and tags": each_sign("<b>&#8203;", "</b>"),
    "full-width entities": lambda g: " ".join(
        "".join(f"&#{0xFF10 + int(c)};" if c.isdigit() else c for c in p) for p in g),
    "soft hyphens": single("&shy;"),
    "zero-width spaces": single("&#8203;"),
    "zero-width joiners": single("&zwj;"),
    "no-break spaces": between("&nbsp;"),
    "en spaces": between("&ensp;"),
    "many spaces": between("&nbsp; &nbsp; "),
    "hyphen entities": between("&#8209;"),
    "break between groups": between("<br>"),
    "break in the middle": lambda g: " ".join(g[:2]) + "<br>\n" + " ".join(g[2:]),
    "break by sign": each_sign("", "<br>"),
    "paragraphs": each("<p>", "</p>"),
    "divisions": each("<div>", "</div>"),
    "divisions in a line": each('<div style="display:inline">', "</div>"),
    "inline blocks by sign": each_sign('<div style="display:inline-block">', "</div>"),
    "floats by sign": each_sign('<div style="float:left">', "</div>"),
    "list items": lambda g: "<ul>" + each("<li>", "</li>")(g) + "</ul>",
    "numbered list": lambda g: "<ol>" + each("<li>", "</li>")(g) + "</ol>",
    "list items by sign": lambda g: "<ul>" + each_sign("<li>", "</li>")(g) + "</ul>",
    "cells": lambda g: "<table><tr>" + each("<td>", "</td>")(g) + "</tr></table>",
    "cells by sign": lambda g: "<table><tr>" + each_sign("<td>", "</td>")(g) + "</tr></table>",
    "rows": lambda g: "<table>" + each("<tr><td>", "</td></tr>")(g) + "</table>",
    "rows by sign": lambda g: "<table>" + each_sign("<tr><td>", "</td></tr>")(g) + "</table>",
    "cells with paragraphs": lambda g: "<table><tr>" + each("<td><p>", "</p></td>")(g)
                             + "</tr></table>",
    "nested tables": lambda g: "<table><tr>" + each(
        "<td><table><tr><td>", "</td></tr></table></td>")(g) + "</tr></table>",
    "definition list": lambda g: "<dl>" + each("<dd>", "</dd>")(g) + "</dl>",
    "preformatted lines": lambda g: "<pre>" + "\n".join(g) + "</pre>",
    "text area": lambda g: "<textarea>" + " ".join(g) + "</textarea>",
    "text areas by group": each("<textarea>", "</textarea>"),
    "hidden: display": hidden_by("display:none"),
    "hidden: display, important": hidden_by("display : none !important"),
    "hidden: display, capitals": hidden_by("DISPLAY:NONE"),
    "hidden: display with comment": hidden_by("display:/**/none"),
    "hidden: visibility": hidden_by("visibility:hidden"),
    "hidden: size": hidden_by("font-size:0"),
    "hidden: size 0px": hidden_by("font-size:0px;line-height:0"),
    "hidden: size 1px": hidden_by("font-size:1px"),
    "hidden: shorthand": hidden_by("font:0/0 a"),
    "hidden: opacity": hidden_by("opacity:0"),
    "hidden: little opacity": hidden_by("opacity:0.01"),
    "hidden: white": hidden_by("color:#fff"),
    "hidden: white, rgb": hidden_by("color: rgb(255, 255, 255)"),
    "hidden: nearly white": hidden_by("color:#fefefe"),
    "hidden: transparent": hidden_by("color:transparent"),
    "hidden: transparent, rgba": hidden_by("color:rgba(0,0,0,0)"),
    "hidden: off the page": hidden_by("position:absolute;left:-9999px"),
    "hidden: above the page": hidden_by("position:absolute;top:-9999px"),
    "hidden: indent": hidden_by("display:inline-block;text-indent:-9999px;overflow:hidden"),
    "hidden: no width": hidden_by("display:inline-block;width:0;overflow:hidden"),
    "hidden: no height": hidden_by("display:inline-block;height:0px;overflow:hidden"),
    "hidden: no max-height": hidden_by("max-height:0;overflow:hidden;display:block"),
    "hidden: clip": hidden_by("position:absolute;clip:rect(0,0,0,0)"),
    "hidden: clip-path": hidden_by("position:absolute;clip-path:inset(100%)"),
    "hidden: scale": hidden_by("display:inline-block;transform:scale(0)"),
    "hidden: same colour": lambda g: '<div style="background:#123456;color:#fff">' + " ".join(
        '<span style="color:#123456">7</span>'.join(p) for p in g) + "</div>",
    "hidden: mso": hidden_by("mso-hide:all"),
    "hidden: attribute": single("<span hidden>7</span>"),
    "hidden: template": single("<template>7</template>"),
    "hidden: script": single("<script>7</script>"),
    "hidden: style": single("<style>7</style>"),
    "hidden: noscript": single("<noscript>7</noscript>"),
    "hidden: font size": single('<font size="0" style="font-size:0">7</font>'),
    "hidden: font colour": single('<font color="white">7</font>'),
    "hidden: class": classed(".x{display:none}"),
    "hidden: class of elements": classed("i.x, b.y { color:red; visibility: hidden }"),
    "hidden: element": classed("i{display:none}"),
    "hidden: class, media": classed("@media screen{.x{display:none}}"),
    "hidden: descendants": classed("p .x{font-size:0}"),
    "hidden: class, comment": classed("/*a*/.x/*b*/{display:/*c*/none}"),
    "hidden: id": lambda g: "<style>#y{display:none}</style>" + " ".join(
        '<i id="y">7</i>'.join(p) for p in g),
    "hidden: attribute selector": classed('[class="x"]{display:none}'),
    "hidden: below another": styled(".w i{display:none}", "<i>", "<b class=w><i>7</i></b>"),
    "hidden: child": styled(".w>i{display:none}", "<i>", "<b class=w><i>7</i></b>"),
    "hidden: sibling": styled("u+i{display:none}", "<i>", "<b><u></u><i>7</i></b>"),
    "hidden: all but": styled("i:not(.s){display:none}", "<i class=s>", "<i>7</i>"),
    "hidden: by attribute": styled("i[title]{display:none}", "<i>", "<i title=a>7</i>"),
    "hidden: two classes": styled(".a.b{display:none}", "<i class=a>", '<i class="b a">7</i>'),
    "hidden: where another shows": styled("i{display:none}.s{display:inline}", "<i class=s>",
                                          "<i>7</i>"),
    "hidden: important": styled(".x{display:none!important}", "<i>",
                                "<i class=x style='display:inline'>7</i>"),
    "hidden: by a variable": styled(":root{--d:none}.x{display:var(--d)}", "<i>",
                                    "<i class=x>7</i>"),
    "hidden: details": single("<details><summary></summary>7</details>"),
    "hidden: ruby": single("<rt>7</rt>"),
    "hidden: option": single("<datalist><option>7</option></datalist>"),
    "hidden: conditional": single("<!--[if mso]>7<![endif]-->"),
    "shown: conditional": lambda g: "<![if !mso]>" + " ".join(g) + "<![endif]>",
    "shown to Outlook": lambda g: "<!--[if mso]>" + " ".join(g) + "<![endif]-->",
    "in a hidden element": lambda g: '<p style="display:none">' + " ".join(g) + "</p>",
    "in a hidden element by sign": lambda g: '<p style="display:none">' + each_sign(
        "<i>", "</i>")(g) + "</p>",
    "in a comment": lambda g: "<!-- my " + written(g) + " -->",
    "in a script": lambda g: "<script>var n = '" + written(g) + "'</script>",
    "written by a script": lambda g: "<script>document.write('" + "'+'".join(g) + "')</script>",
    "bdo": reversed_in('<bdo dir="rtl">', "</bdo>"),
    "bdo by group": lambda g: " ".join(f'<bdo dir="rtl">{p[::-1]}</bdo>' for p in g),
    "unicode-bidi": reversed_in('<span style="unicode-bidi:bidi-override;direction:rtl">',
                                "</span>"),
    "unicode-bidi in a class": reversed_in(
        "<style>.r{direction:rtl;unicode-bidi:bidi-override}</style><span class=r>", "</span>"),
    "override reference": reversed_in("&#8238;", "&#8236;"),
    "flex, reversed": lambda g: '<div style="display:flex;flex-direction:row-reverse">' + "".join(
        f"<span>{p}</span>" for p in reversed(g)) + "</div>",
    "flex, reversed by sign": lambda g:
        '<div style="display:flex;flex-direction:row-reverse">' + "".join(
            f"<span>{c}</span>" for c in reversed("".join(g))) + "</div>",
    "floats to the right": lambda g: "".join(
        f'<span style="float:right">{p}</span>' for p in reversed(g)),
    "flex, ordered": lambda g: '<div style="display:flex">' + "".join(
        f'<span style="order:{i}">{p}</span>' for i, p in reversed(list(enumerate(g)))) + "</div>",
    "placed": lambda g: "".join(
        f'<span style="position:absolute;left:{50 * i}px">{p}</span>'
        for i, p in reversed(list(enumerate(g)))),
    "right to left table": lambda g: '<table dir="rtl"><tr>' + "".join(
        f"<td>{p}</td>" for p in reversed(g)) + "</tr></table>",
    "generated": lambda g: "<style>.g::before{content:'" + " ".join(g)
                 + "'}</style><span class=g></span>",
    "generated by group": lambda g: "<style>" + "".join(
        f".g{i}:after{{content:\"{p}\"}}" for i, p in enumerate(g)) + "</style>" + " ".join(
            f"<i class=g{i}></i>" for i in range(len(g))),
    "generated, escaped": lambda g: "<style>.g::before{content:'" + "".join(
        f"\\{ord(c):06x}" for c in " ".join(g)) + "'}</style><span class=g></span>",
    "generated from an attribute": lambda g:
        '<style>.g:before{content:attr(data-x)}</style><span class=g data-x="' + " ".join(g)
        + '"></span>',
    "alternative text": lambda g: '<img src="a.png" alt="' + written(g) + '">',
    "alternative texts by group": each('<img src="a.png" alt="', '">'),
    "alternative texts by sign": each_sign('<img src="a.png" alt="', '">'),
    "title": lambda g: '<span title="' + written(g) + '">x</span>',
    "form value": lambda g: '<input value="' + written(g) + '">',
    "form values by group": each('<input value="', '">'),
    "form values by sign": each_sign('<input size=1 value="', '">'),
    "placeholder": lambda g: '<input placeholder="' + written(g) + '">',
    "unquoted value": lambda g: "<input value=" + "-".join(g) + ">",
    "unknown attribute": lambda g: '<span x="' + written(g) + '">x</span>',
    "meta": lambda g: '<meta name="x" content="' + written(g) + '">',
    "link": lambda g: '<a href="https://example.org/?card=' + "-".join(g) + '">x</a>',
    "link, escaped": lambda g: '<a href="https://example.org/?card=' + "".join(
        f"%{ord(c):02x}" for c in "-".join(g)) + '">x</a>',
    "link to mail": lambda g: '<a href="mailto:?body=card%20number%20'
                    + "%20".join(g) + '">x</a>',
    "data URI": lambda g: '<a href="data:text/plain;base64,' + base64.b64encode(
        written(g).encode()).decode() + '">x</a>',
    "data URI of HTML": lambda g: '<iframe src="data:text/html;base64,' + base64.b64encode(
        ("<p>" + label(g) + " <b>" + "</b><b>".join(" ".join(g))
         + "</b></p>").encode()).decode() + '"></iframe>',
    "data URI, percent": lambda g: '<iframe src="data:text/html,' + "".join(
        f"%{ord(c):02x}" for c in "<p>" + written(g)) + '"></iframe>',
    "data URI of an SVG": lambda g: '<img src="data:image/svg+xml;base64,' + base64.b64encode(
        ('<svg xmlns="http://www.w3.org/2000/svg"><text>' + written(g)
         + "</text></svg>").encode()).decode() + '">',
    "data URI in a style": lambda g: '<p style="background:url(data:text/plain;base64,'
                           + base64.b64encode(written(g).encode()).decode()
                           + ')">x</p>',
    "srcdoc": lambda g: '<iframe srcdoc="' + html.escape(
        "<p>" + label(g) + " <b>" + "</b><b>".join(" ".join(g)) + "</b>") + '"></iframe>',
    "object": lambda g: '<object data="data:text/plain,' + written(g) + '"></object>',
    "SVG": lambda g: "<svg><text>" + written(g) + "</text></svg>",
    "SVG by sign": lambda g: "<svg><text>" + each_sign("<tspan>", "</tspan>")(g) + "</text></svg>",
    "SVG placed": lambda g: "<svg>" + "".join(
        f'<text x="{10 * i}" y="20">{p}</text>' for i, p in enumerate(g)) + "</svg>",
    "MathML": lambda g: "<math>" + each("<mn>", "</mn>")(g) + "</math>",
    "marquee": lambda g: "<marquee>" + " ".join(g) + "</marquee>",
    "noframes": lambda g: "<noframes>" + " ".join(g) + "</noframes>",
    "plaintext": lambda g: "<plaintext>" + " ".join(g),
    "title element": lambda g: "<title>" + written(g) + "</title>",
    "CDATA": lambda g: "<svg><![CDATA[" + written(g) + "]]></svg>",
    "superscripts": single("</sup><sup>"),
    "struck": lambda g: "<s>" + " ".join(g) + "</s>",
    "quotation": lambda g: "<blockquote>" + "<br>".join(g) + "</blockquote>",
    "select": lambda g: "<select>" + each("<option>", "</option>")(g) + "</select>",
    "buttons": each("<button>", "</button>"),
    "labels": each("<label>", "</label>"),
    "unclosed comment before": lambda g: "<!-- > -->" + " ".join(g),
    "null characters": single("\0"),
    "no-break hyphens by sign": single("&NoBreak;"),
    "number of a meter": lambda g: '<data value="' + "".join(g) + '">x</data>',
    "words by tags": lambda g: "".join(f"<i>{c}</i> " for c in "".join(g)),
    "hyphens by tags": each_sign("<i>", "</i>", "-"),
    "tabs and lines in source": lambda g: "\n\t\t".join(g),
    "lines by sign in source": lambda g: "\n".join("".join(g)),
}

"""Shows that the wrap tests catch a reader that was switched off.

In:  nothing but this checkout; CMake, and a folder for the builds
Out: a line for each reader: how many mails fail without it; exit status 1 if none do
Each reader is taken out of a copy of the sources by one change of text, the copy is built
(ccache makes that short), and the mails that it should have read are scanned.
"""

import argparse
import pathlib
import re
import shutil
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
EXTRACT = "milter/extract/"

# What is switched off: file, text, what stands in its place, and the mails that need it.
MUTATIONS = {
    "zip files": ("file_reader.cc", 'Format{"application/zip", read_zip},', "", "a.zip"),
    "7z archives": ("file_reader.cc", 'Format{"application/x-7z-compressed", read_archive},', "",
                    "a.7z"),
    "RTF": ("file_reader.cc", 'Format{"application/rtf", read_rtf},', "", "rtf"),
    "signed mail": ("file_reader.cc",
                    'Format{"application/pkcs7-mime; smime-type=signed-data", read_cms},', "",
                    "signed.p7m"),
    "stated passwords": ("containers/locked_zip.cc", "list.size() < most", "false", "locked.zip"),
    "style sheets": ("html_text.cc", "sheet_.add(token.text)", "", "hidden: class"),
    "hidden elements": ("html_text.cc", "hide_.open(token.key)", "", "hidden: display"),
    "number words": ("disguise/number_words.cc", "return words >= 4 ? digits", 'return false ? ""',
                     "words run together"),
    "digits one by one": ("disguise/digit_view.cc", "    emit_singles(begin, end);\n", "",
                          "one by one"),
    "accounts with signs": ("disguise/account_view.cc", "if (is_written_oddly(size)) emit(size, end);",
                            "", "slashes in"),
    "overrides": ("disguise/mirror_view.cc", "      read_overrides(line.text, begin);", "",
                  "override in"),
    "runs of base64": ("embedded.cc", "return is_clean_text(bytes) && text(bytes);\n  }\n\n  static",
                       "return false;\n  }\n\n  static", "base64 in 8bit"),
    "escapes": ("disguise/escapes.cc", "return EscapeReader(text, mapped).read();", "return {};",
                "entities in 8bit"),
    "repeated headers": ("message_reader.cc", "if (std::none_of(entity.types.begin(), "
                         "entity.types.end(), same)) {", "if (entity.types.empty()) {", "ct twice"),
    "undeclared boundaries": ("message_reader.cc", "return guess.empty() ? MultipartCut{} :",
                              "return true ? MultipartCut{} :", "boundary missing"),
    "hidden runs": ("documents/running_text.cc", "hidden_run_ |= !is_off(value);", "",
                    "vanished inside"),
}


def build(tree, folder):
    if not (folder / "build.ninja").exists():
        subprocess.run(["cmake", "-G", "Ninja", "-S", tree, "-B", folder,
                        "-DCMAKE_BUILD_TYPE=Release", "-DNOSHARE_LTO=OFF",
                        "-DCMAKE_CXX_FLAGS_RELEASE=-O1"],
                       check=True, capture_output=True)
    run = subprocess.run(["ninja", "-C", folder, "noshare"], capture_output=True, text=True,
                         check=False)
    if run.returncode:
        raise SystemExit(run.stdout[-3000:])
    return folder / "bin" / "noshare"


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=pathlib.Path, help="for the copy and its build")
    parser.add_argument("--only", default="", help="those whose name holds this text")
    options = parser.parse_args()
    tree = options.folder / "tree"
    blind = []
    shutil.copytree(ROOT, tree, dirs_exist_ok=True,
                    ignore=shutil.ignore_patterns("build", ".git", "__pycache__"))
    for name, (file, old, new, cases) in MUTATIONS.items():
        if options.only not in name:
            continue
        path = tree / EXTRACT / file
        source = path.read_text(encoding="utf-8")
        pattern = re.compile(r"\s+".join(map(re.escape, old.split())))
        changed, count = pattern.subn(lambda _: new, source, count=1)
        if count != 1:
            raise SystemExit(f"{name}: {file} does not hold {old!r} any more")
        path.write_text(changed, encoding="utf-8")
        try:
            noshare = build(tree, options.folder / "build")
            run = subprocess.run([sys.executable, ROOT / "tests/wrap/wrap.py", noshare,
                                  "--only", cases], capture_output=True, text=True, check=False)
        finally:
            path.write_text(source, encoding="utf-8")
        closing = run.stdout.splitlines()[-1]
        print(f"without {name}: {closing}")
        if run.returncode == 0:
            blind.append(name)
    for name in blind:
        print(f"nobody noticed that {name} were not read")
    return 1 if blind else 0


if __name__ == "__main__":
    sys.exit(main())

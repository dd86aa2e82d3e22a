"""Mails that programs read in different ways, by hand: each shows the text to somebody.

In:  a text with a value     Out: names and mails, for wrap.py
"""

import base64
import binascii
import gzip
import io
import quopri
import zipfile
import zlib

HEAD = "From: a@example.com\nTo: b@example.org\nSubject: x\nMIME-Version: 1.0\n"


def encoded(text):
    return base64.b64encode(text.encode() if isinstance(text, str) else text).decode()


def utf_7(text):
    return "".join("+" + base64.b64encode(c.encode("utf-16-be")).decode().rstrip("=") + "-"
                   for c in text)


def uuencoded(text):
    return "".join(binascii.b2a_uu(text[i:i + 45].encode()).decode()
                   for i in range(0, len(text), 45))


def zipped(name, content):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(zipfile.ZipInfo(name), content)
    return out.getvalue()


def nested(text):
    """A page in an archive in a mail in an archive in a mail."""
    page = zipped("d.html", "<p>" + "</b><b>".join(text) + "</p>")
    inner = (HEAD + "Content-Type: multipart/mixed; boundary=q\n\n--q\n"
             "Content-Type: application/zip\nContent-Transfer-Encoding: base64\n\n"
             + base64.encodebytes(page).decode() + "--q--\n")
    return (HEAD + "Content-Type: application/zip\nContent-Transfer-Encoding: base64\n\n"
            + base64.encodebytes(zipped("a.eml", inner)).decode())


def hostile_mails(text):
    """Names and bytes of mails that carry the text, which shows a value."""
    half = len(text) // 2
    mails = {
        "cte twice": HEAD+"Content-Transfer-Encoding: 7bit\nContent-Transfer-Encoding: base64\n\n"+encoded(text)+"\n",
        "ct twice": HEAD+"Content-Type: text/plain\nContent-Type: multipart/mixed; boundary=x\n\n--x\nContent-Transfer-Encoding: base64\n\n"+encoded(text)+"\n--x--\n",
        "boundary twice": HEAD+"Content-Type: multipart/mixed; boundary=a; boundary=x\n\n--x\nContent-Transfer-Encoding: base64\n\n"+encoded(text)+"\n--x--\n",
        "boundary twice rev": HEAD+"Content-Type: multipart/mixed; boundary=x; boundary=a\n\n--x\nContent-Transfer-Encoding: base64\n\n"+encoded(text)+"\n--x--\n",
        "boundary missing": HEAD+"Content-Type: multipart/mixed\n\n--x\nContent-Type: text/plain\nContent-Transfer-Encoding: base64\n\n"+encoded(text)+"\n--x--\n",
        "boundary empty": HEAD+'Content-Type: multipart/mixed; boundary=""\n\n--\nContent-Type: text/plain\nContent-Transfer-Encoding: base64\n\n'+encoded(text)+"\n----\n",
        "boundary space": HEAD+'Content-Type: multipart/mixed; boundary="x "\n\n--x \nContent-Type: text/plain\nContent-Transfer-Encoding: base64\n\n'+encoded(text)+"\n--x --\n",
        "b64 junk": HEAD+"Content-Transfer-Encoding: base64\n\n"+"!".join(encoded(text))+"\n",
        "b64 pads": HEAD+"Content-Transfer-Encoding: base64\n\n"+encoded(text[:10])+"\n"+encoded(text[10:])+"\n",
        "b64 early =": HEAD+"Content-Transfer-Encoding: base64\n\n"+encoded(text)[:8]+"="+encoded(text)[8:]+"\n",
        "b64 url": HEAD+"Content-Transfer-Encoding: base64\n\n"+base64.urlsafe_b64encode(("???>>>"+text).encode()).decode()+"\n",
        "cte x-base64": HEAD+"Content-Transfer-Encoding: x-base64\n\n"+encoded(text)+"\n",
        "cte b64 quoted": HEAD+'Content-Transfer-Encoding: "base64"\n\n'+encoded(text)+"\n",
        "cte comment": HEAD+'Content-Transfer-Encoding: (x) base64\n\n'+encoded(text)+"\n",
        "cte space name": HEAD+'Content-Transfer-Encoding : base64\n\n'+encoded(text)+"\n",
        "qp lower": HEAD+"Content-Transfer-Encoding: quoted-printable\n\n"+"".join("=%02x"%ord(c) for c in text)+"\n",
        "qp undeclared": HEAD+"\n"+"".join("=%02X"%ord(c) for c in text)+"\n",
        "qp undeclared soft": HEAD + "\n" + text[:7] + "=\n" + text[7:] + "\n",
        "preamble": HEAD+"Content-Type: multipart/mixed; boundary=x\n\n"+text+"\n--x\n\nhi\n--x--\n",
        "epilogue b64": HEAD+"Content-Type: multipart/mixed; boundary=x\n\n--x\n\nhi\n--x--\nContent-Type: text/plain\nContent-Transfer-Encoding: base64\n\n"+encoded(text)+"\n",
        "preamble b64 part": HEAD+"Content-Type: multipart/mixed; boundary=x\n\n--y\nContent-Transfer-Encoding: base64\n\n"+encoded(text)+"\n--x\n\nhi\n--x--\n",
        "rfc2231 name": HEAD + f"Content-Type: application/x; name*0=\"{text[:15]}\"; name*1=\"{text[15:]}\"\n\nhi\n",
        "rfc2231 pct": HEAD + "Content-Disposition: attachment; filename*=utf-8''" + text.replace(" ", "%20") + "\n\nhi\n",
        "rfc2047 name": HEAD+"Content-Type: application/x; name=\"=?utf-8?B?"+encoded(text)+"?=\"\n\nhi\n",
        "rfc2047 split": HEAD.replace("Subject: x", f"Subject: =?utf-8?B?{encoded(text[:12])}?= =?utf-8?B?{encoded(text[12:])}?=") + "\nhi\n",
        "rfc2047 split char": HEAD.replace("Subject: x", f"Subject: =?utf-8?B?{encoded(text[:12])}?=\n =?utf-8?B?{encoded(text[12:])}?=") + "\nhi\n",
        "partial": HEAD+"Content-Type: message/partial; id=a; number=1; total=2\n\nSubject: y\nContent-Transfer-Encoding: base64\n\n"+encoded(text)+"\n",
        "external": HEAD + "Content-Type: message/external-body; access-type=URL; URL=\"http://x/\"\n\nContent-Type: text/plain\n\n" + text + "\n",
        "nuls": HEAD + "\n" + text[:6] + "\0" + text[6:8] + "\0" + text[8:] + "\n",
        "bare cr": HEAD.replace("\n","\r")+"\r"+text+"\r",
        "long": HEAD+"\n"+"x"*200000+" "+text+"y"*20000+"\n",
        "img label": HEAD+"Content-Type: image/png\nContent-Transfer-Encoding: base64\n\n"+encoded(text)+"\n",
        "no blank": "From: a@example.com\n"+text+"\nSubject: x\n",
        "rfc822 b64": HEAD+"Content-Type: message/rfc822\nContent-Transfer-Encoding: base64\n\n"+encoded("Subject: y\n\n"+text)+"\n",
        "multipart b64": HEAD+"Content-Type: multipart/mixed; boundary=x\nContent-Transfer-Encoding: base64\n\n"+encoded("--x\n\n"+text+"\n--x--\n")+"\n",
        "ct junk": HEAD+"Content-Type: ;;;multipart\n\n--x\nContent-Transfer-Encoding: base64\n\n"+encoded(text)+"\n--x--\n",
        "ct quoted": HEAD+'Content-Type: "multipart/mixed"; boundary=x\n\n--x\nContent-Transfer-Encoding: base64\n\n'+encoded(text)+"\n--x--\n",
        "ct fold": HEAD+'Content-Type: multipart/\n mixed;\n bound\n ary=x\n\n--x\nContent-Transfer-Encoding: base64\n\n'+encoded(text)+"\n--x--\n",
        "text/plain but mp": HEAD+'Content-Type: text/plain; boundary=x\n\n--x\nContent-Type: text/plain\nContent-Transfer-Encoding: base64\n\n'+encoded(text)+"\n--x--\n",
        "comment boundary": HEAD+"Content-Type: multipart/mixed; (c) boundary=(d)x\n\n--x\nContent-Transfer-Encoding: base64\n\n"+encoded(text)+"\n--x--\n",
        "ebcdic": HEAD+"Content-Type: text/plain; charset=ibm037\nContent-Transfer-Encoding: base64\n\n"+base64.b64encode(text.encode("cp037")).decode()+"\n",
        "double b64": HEAD+"Content-Transfer-Encoding: base64\n\n"+encoded(encoded(text))+"\n",
        "gzip b64 undeclared": HEAD+"\n"+base64.encodebytes(gzip.compress((text+"\n").encode())).decode()+"\n",
        "utf7 labelled": HEAD+"Content-Type: text/plain; charset=utf-7\n\n"+utf_7(text)+"\n",
        "utf16be nobom unlabelled": (HEAD+"Content-Type: text/plain\nContent-Transfer-Encoding: base64\n\n"+encoded(text.encode("utf-16-be"))+"\n"),
        "utf16le as utf8": (HEAD+"Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: base64\n\n"+encoded(text.encode("utf-16-le"))+"\n"),
        "utf32le as latin": (HEAD+"Content-Type: text/plain; charset=iso-8859-1\nContent-Transfer-Encoding: base64\n\n"+encoded(text.encode("utf-32-le"))+"\n"),
        "ebcdic unlabelled": (HEAD+"Content-Type: text/plain\nContent-Transfer-Encoding: base64\n\n"+encoded(text.encode("cp037"))+"\n"),
        "utf16 html": (HEAD+"Content-Type: text/html\nContent-Transfer-Encoding: base64\n\n"+encoded(("<p>"+text+"</p>").encode("utf-16"))+"\n"),
        "meta charset conflict": (HEAD+"Content-Type: text/html; charset=us-ascii\nContent-Transfer-Encoding: base64\n\n"+encoded(("<meta charset=utf-7><p>"+utf_7(text)+"</p>"))+"\n"),
        "iso-2022-jp": (HEAD+"Content-Type: text/plain; charset=iso-2022-jp\n\n"+text+"\n"),
        "hz": (HEAD+"Content-Type: text/plain; charset=hz-gb-2312\n\n"+text+"\n"),
        "qp with spaces": HEAD+"Content-Transfer-Encoding: quoted-printable\n\n"+text[:half]+"=  \n"+text[half:]+"\n",
        "cte 8bit but b64": HEAD+"Content-Transfer-Encoding: 8bit\n\n"+encoded(text)+"\n",
        "cte binary b64 lines": HEAD+"Content-Transfer-Encoding: binary\n\n"+"\n".join(encoded(text*3)[i:i+40] for i in range(0,len(encoded(text*3)),40))+"\n",
        "cte qp but b64": HEAD+"Content-Transfer-Encoding: quoted-printable\n\n"+encoded(text)+"\n",
        "cte b64 but plain": HEAD+"Content-Transfer-Encoding: base64\n\n"+text+"\n",
        "cte b64 but qp": HEAD+"Content-Transfer-Encoding: base64\n\n"+quopri.encodestring(text.encode(),quotetabs=True).decode()+"\n",
        "cte uuencode": HEAD+"Content-Transfer-Encoding: x-uuencode\n\nbegin 644 a\n"+uuencoded(text)+"`\nend\n",
        "cte unknown": HEAD+"Content-Transfer-Encoding: x-foo\n\n"+encoded(text)+"\n",
        "cte in multipart": HEAD+"Content-Type: multipart/mixed; boundary=x\nContent-Transfer-Encoding: quoted-printable\n\n--x\nContent-Type: text/plain\nContent-Transfer-Encoding: base64\n\n"+encoded(text)+"\n--x--\n",
        "cte folded": HEAD+"Content-Transfer-Encoding:\n base64\n\n"+encoded(text)+"\n",
        "cte trailing": HEAD+"Content-Transfer-Encoding: base64;\n\n"+encoded(text)+"\n",
        "cte caps": HEAD+"CONTENT-TRANSFER-ENCODING: BASE64\n\n"+encoded(text)+"\n",
        "header with nul": HEAD.replace("MIME","X: \0\nMIME")+"Content-Transfer-Encoding: base64\n\n"+encoded(text)+"\n",
        "header no colon": HEAD+"garbage line\nContent-Transfer-Encoding: base64\n\n"+encoded(text)+"\n",
        "space before colon ct": HEAD+"Content-Type : multipart/mixed; boundary=x\n\n--x\nContent-Transfer-Encoding : base64\n\n"+encoded(text)+"\n--x--\n",
        "lf-cr mixed": HEAD.replace("\n","\r\n")+"Content-Transfer-Encoding: base64\n\n"+encoded(text)+"\n",
        "cr only headers": (HEAD+"Content-Transfer-Encoding: base64\n\n"+encoded(text)+"\n").replace("\n","\r"),
        "boundary quotes": HEAD+"Content-Type: multipart/mixed; boundary=\"a'()+_,-./:=?b\"\n\n--a'()+_,-./:=?b\nContent-Transfer-Encoding: base64\n\n"+encoded(text)+"\n--a'()+_,-./:=?b--\n",
        "boundary prefix": HEAD+"Content-Type: multipart/mixed; boundary=x\n\n--xy\nContent-Transfer-Encoding: base64\n\n"+encoded(text)+"\n--x--\n",
        "boundary rfc2231": HEAD+"Content-Type: multipart/mixed; boundary*0=x; boundary*1=y\n\n--xy\nContent-Transfer-Encoding: base64\n\n"+encoded(text)+"\n--xy--\n",
        "boundary pct": HEAD+"Content-Type: multipart/mixed; boundary*=us-ascii''x%79\n\n--xy\nContent-Transfer-Encoding: base64\n\n"+encoded(text)+"\n--xy--\n",
        "boundary encoded word": HEAD+"Content-Type: multipart/mixed; boundary=\"=?utf-8?B?eHk=?=\"\n\n--xy\nContent-Transfer-Encoding: base64\n\n"+encoded(text)+"\n--xy--\n",
        "boundary long": HEAD+"Content-Type: multipart/mixed; boundary="+"x"*300+"\n\n--"+"x"*300+"\nContent-Transfer-Encoding: base64\n\n"+encoded(text)+"\n--"+"x"*300+"--\n",
        "boundary case": HEAD+"Content-Type: multipart/mixed; boundary=Ab\n\n--aB\nContent-Transfer-Encoding: base64\n\n"+encoded(text)+"\n--aB--\n",
        "boundary indented": HEAD+"Content-Type: multipart/mixed; boundary=x\n\n --x\nContent-Transfer-Encoding: base64\n\n"+encoded(text)+"\n --x--\n",
        "boundary after text": HEAD+"Content-Type: multipart/mixed; boundary=x\n\n--x--\n--x\nContent-Transfer-Encoding: base64\n\n"+encoded(text)+"\n--x--\n",
        "boundary no end": HEAD+"Content-Type: multipart/mixed; boundary=x\n\n--x\nContent-Transfer-Encoding: base64\n\n"+encoded(text)+"\n",
        "nested same boundary": HEAD+"Content-Type: multipart/mixed; boundary=x\n\n--x\nContent-Type: multipart/alternative; boundary=x\n\n--x\nContent-Transfer-Encoding: base64\n\n"+encoded(text)+"\n--x--\n--x--\n",
        "part without blank": HEAD+"Content-Type: multipart/mixed; boundary=x\n\n--x\n"+text+"\n--x--\n",
        "part header only": HEAD+"Content-Type: multipart/mixed; boundary=x\n\n--x\nX-Note: "+text+"\n--x--\n",
        "multipart/x-unknown": HEAD+"Content-Type: multipart/x-foo; boundary=x\n\n--x\nContent-Transfer-Encoding: base64\n\n"+encoded(text)+"\n--x--\n",
        "multipart no param": HEAD+"Content-Type: multipart\n\n--x\nContent-Transfer-Encoding: base64\n\n"+encoded(text)+"\n--x--\n",
        "alternative hidden": HEAD+"Content-Type: multipart/alternative; boundary=x\n\n--x\n\nhi\n--x\nContent-Type: text/html\n\n<p>"+text+"</p>\n--x--\n",
        "text/x-web html": HEAD+"Content-Type: application/octet-stream\n\n<html><p>"+"</b><b>".join(text)+"</html>\n",
        "image label html": HEAD+"Content-Type: image/gif\nContent-Transfer-Encoding: base64\n\n"+encoded("<html><p>"+"</b><b>".join(text)+"</html>")+"\n",
        "gif polyglot": HEAD+"Content-Type: image/gif\nContent-Transfer-Encoding: base64\n\n"+encoded("GIF89a "+text)+"\n",
        "png text chunk": HEAD+"Content-Type: image/png\nContent-Transfer-Encoding: base64\n\n"+encoded(b"\x89PNG\r\n\x1a\n"+b"\0\0\0\rIHDR"+b"\0"*17+len(b"Comment\0"+text.encode()).to_bytes(4,'big')+b"tEXtComment\0"+text.encode()+b"\0\0\0\0")+"\n",
        "jpeg comment": HEAD+"Content-Type: image/jpeg\nContent-Transfer-Encoding: base64\n\n"+encoded(b"\xff\xd8\xff\xfe"+(len(text)+2).to_bytes(2,'big')+text.encode()+b"\xff\xd9")+"\n",
        "jpeg appended": HEAD+"Content-Type: image/jpeg\nContent-Transfer-Encoding: base64\n\n"+encoded(b"\xff\xd8\xff\xe0\0\x10JFIF\0\1\1\0\0\1\0\1\0\0\xff\xd9"+text.encode())+"\n",
        "exe strings": HEAD+"Content-Type: application/octet-stream\nContent-Transfer-Encoding: base64\n\n"+encoded(b"MZ\x90\0"+b"\0\1\2\3"*50+text.encode()+b"\0\1\2\3"*50)+"\n",
        "wav": HEAD+"Content-Type: audio/wav\nContent-Transfer-Encoding: base64\n\n"+encoded(b"RIFF\x24\0\0\0WAVELIST"+text.encode())+"\n",
        "rfc822 qp": HEAD+"Content-Type: message/rfc822\nContent-Transfer-Encoding: quoted-printable\n\nSubject: y\nContent-Transfer-Encoding: base64\n\n"+encoded(text).replace("=","=3D")+"\n",
        "rfc822 octet": HEAD+"Content-Type: application/octet-stream; name=a.eml\nContent-Transfer-Encoding: base64\n\n"+encoded("From: x@example.com\nSubject: y\nContent-Transfer-Encoding: base64\n\n"+encoded(text))+"\n",
        "delivery-status": HEAD+"Content-Type: message/delivery-status\n\nReporting-MTA: dns; x\n\nDiagnostic-Code: smtp; "+text+"\n",
        "rfc822-headers": HEAD+"Content-Type: text/rfc822-headers\n\nSubject: "+text+"\n",
        "global": HEAD+"Content-Type: message/global\n\nSubject: y\nContent-Transfer-Encoding: base64\n\n"+encoded(text)+"\n",
        "external-body": HEAD+"Content-Type: message/external-body; access-type=x\n\nContent-Type: text/plain\nContent-Transfer-Encoding: base64\n\n"+encoded(text)+"\n",
        "subject qp word": HEAD.replace("Subject: x","Subject: =?utf-8?Q?"+"".join("=%02X"%ord(c) for c in text)+"?=")+"\nhi\n",
        "subject double encoded": HEAD.replace("Subject: x","Subject: =?utf-8?B?"+encoded("=?utf-8?B?"+encoded(text)+"?=")+"?=")+"\nhi\n",
        "subject unknown charset": HEAD.replace("Subject: x","Subject: =?foo?B?"+encoded(text)+"?=")+"\nhi\n",
        "subject no end": HEAD.replace("Subject: x","Subject: =?utf-8?B?"+encoded(text))+"\nhi\n",
        "subject lang": HEAD.replace("Subject: x","Subject: =?utf-8*en?B?"+encoded(text)+"?=")+"\nhi\n",
        "subject utf7": HEAD.replace("Subject: x","Subject: =?utf-7?Q?"+utf_7(text).replace(" ","_")+"?=")+"\nhi\n",
        "subject second": HEAD+"Subject: "+text+"\n\nhi\n",
        "from name": HEAD.replace("From: a@","From: \""+text+"\" <a@").replace("example.com\nTo","example.com>\nTo")+"\nhi\n",
        "to comment": HEAD.replace("To: b@example.org","To: b@example.org ("+text+")")+"\nhi\n",
        "x-header": HEAD+"X-Note: "+text+"\n\nhi\n",
        "comments header": HEAD+"Comments: =?utf-8?B?"+encoded(text)+"?=\n\nhi\n",
        "list header": HEAD+"List-Note: "+text+"\n\nhi\n",
        "message-id": HEAD+"Message-ID: <"+text.replace(" ","-")+"@example.com>\n\nhi\n",
        "content-id": HEAD+"Content-ID: <"+text.replace(" ","-")+"@example.com>\n\nhi\n",
        "references": HEAD+"References: <"+text.replace(" ","-")+"@example.com>\n\nhi\n",
        "received": "Received: from x (" +text+") by y; Mon, 1 Jan 2024 00:00:00 +0000\n"+HEAD+"\nhi\n",
        "user-agent": HEAD+"User-Agent: "+text+"\n\nhi\n",
        "content-description": HEAD+"Content-Description: "+text+"\n\nhi\n",
        "content-type param": HEAD+"Content-Type: text/plain; x-note=\""+text+"\"\n\nhi\n",
        "boundary is the value": HEAD+"Content-Type: multipart/mixed; boundary=\""+text+"\"\n\n--"+text+"\n\nhi\n--"+text+"--\n",
        "filename": HEAD+"Content-Type: application/pdf\nContent-Disposition: attachment; filename=\""+text+".pdf\"\n\nhi\n",
        "filename rfc2231 mixed": HEAD+"Content-Disposition: attachment; filename*0*=utf-8''"+text[:half].replace(" ","%20")+"; filename*1=\""+text[half:]+"\"\n\nhi\n",
        "filename order": HEAD+"Content-Disposition: attachment; filename*1=\""+text[half:]+"\"; filename*0=\""+text[:half]+"\"\n\nhi\n",
        "filename dup": HEAD+"Content-Disposition: attachment; filename=a.txt; filename=\""+text+"\"\n\nhi\n",
        "filename unquoted": HEAD+"Content-Disposition: attachment; filename="+text+"\n\nhi\n",
        "filename encoded split": HEAD+"Content-Disposition: attachment; filename=\"=?utf-8?B?"+encoded(text[:half])+"?= =?utf-8?B?"+encoded(text[half:])+"?=\"\n\nhi\n",
        "filename cd twice": HEAD+"Content-Disposition: inline\nContent-Disposition: attachment; filename=\""+text+"\"\n\nhi\n",
        "epilogue": HEAD+"Content-Type: multipart/mixed; boundary=x\n\n--x\n\nhi\n--x--\n"+text+"\n",
        "preamble html": HEAD+"Content-Type: multipart/mixed; boundary=x\n\n<p>"+"</b><b>".join(text)+"</p>\n--x\n\nhi\n--x--\n",
        "uu in text": HEAD+"\nhello\nbegin 644 a.txt\n"+uuencoded(text)+"`\nend\n",
        "uu no end": HEAD+"\nhello\nbegin 644 a.txt\n"+uuencoded(text),
        "begin-base64": HEAD+"\nbegin-base64 644 a.txt\n"+encoded(text)+"\n====\n",
        "pgp clear": HEAD+"\n-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA1\n\n"+text+"\n-----BEGIN PGP SIGNATURE-----\n\niQ==\n-----END PGP SIGNATURE-----\n",
        "pgp fake": HEAD+"\n-----BEGIN PGP MESSAGE-----\n\n"+encoded(text)+"\n-----END PGP MESSAGE-----\n",
        "pgp fake2": HEAD+"\n-----BEGIN PGP MESSAGE-----\n\n"+text+"\n-----END PGP MESSAGE-----\n",
        "pem": HEAD+"\n-----BEGIN X-----\n"+encoded(text)+"\n-----END X-----\n",
        "encrypted label": HEAD+"Content-Type: multipart/encrypted; protocol=\"application/pgp-encrypted\"; boundary=x\n\n--x\nContent-Type: application/pgp-encrypted\n\nVersion: 1\n--x\nContent-Type: application/octet-stream\n\n"+text+"\n--x--\n",
        "pkcs7 label": HEAD+"Content-Type: application/pkcs7-mime; smime-type=enveloped-data\nContent-Transfer-Encoding: base64\n\n"+encoded(text)+"\n",
        "signature label": HEAD+"Content-Type: multipart/signed; boundary=x\n\n--x\n\nhi\n--x\nContent-Type: application/pgp-signature\n\n"+text+"\n--x--\n",
        "calendar": HEAD+"Content-Type: text/calendar\n\nBEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY:"+text[:half]+"\n "+text[half:]+"\nEND:VEVENT\nEND:VCALENDAR\n",
        "format flowed": HEAD+"Content-Type: text/plain; format=flowed\n\n"+text[:half]+" \n"+text[half:].strip()+"\n",
        "format flowed delsp": HEAD+"Content-Type: text/plain; format=flowed; delsp=yes\n\n"+text[:half]+" \n"+text[half:]+"\n",
        "dot stuffed": HEAD+"\n.."+text+"\n",
        "very deep": HEAD+"".join(f"Content-Type: multipart/mixed; boundary=b{i}\n\n--b{i}\n" for i in range(40))+"Content-Transfer-Encoding: base64\n\n"+encoded(text)+"\n",
        "too deep": HEAD+"".join(f"Content-Type: multipart/mixed; boundary=b{i}\n\n--b{i}\n" for i in range(90))+"Content-Transfer-Encoding: base64\n\n"+encoded(text)+"\n",
        "triple rfc822": HEAD+"Content-Type: message/rfc822\n\n"+HEAD+"Content-Type: message/rfc822\n\n"+HEAD+"Content-Transfer-Encoding: base64\n\n"+encoded(text)+"\n",
        "long line": HEAD+"\n"+"a"*100000+" "+text+"\n",
        "b64 comment lines": HEAD+"Content-Transfer-Encoding: base64\n\n"+encoded(text)[:12]+"\n# x\n"+encoded(text)[12:]+"\n",
        "b64 spaces": HEAD+"Content-Transfer-Encoding: base64\n\n"+" ".join(encoded(text))+"\n",
        "b64 then text": HEAD+"Content-Transfer-Encoding: base64\n\n"+encoded("hello there all")+"\n\n"+text+"\n",
        "b64 two": HEAD+"Content-Transfer-Encoding: base64\n\n"+encoded("hi")+"\n"+encoded(text)+"\n",
        "b64 in bom": HEAD+"\n\ufeff"+encoded(text)+"\n",
        "gzip body": HEAD+"Content-Type: application/octet-stream\nContent-Transfer-Encoding: base64\n\n"+encoded(gzip.compress(text.encode()))+"\n",
        "content-encoding": HEAD+"Content-Encoding: gzip\nContent-Transfer-Encoding: base64\n\n"+encoded(gzip.compress(text.encode()))+"\n",
        "zlib": HEAD+"Content-Type: application/octet-stream\nContent-Transfer-Encoding: base64\n\n"+encoded(zlib.compress(text.encode()))+"\n",
        "sqlite": HEAD+"Content-Type: application/octet-stream\nContent-Transfer-Encoding: base64\n\n"+encoded(b"SQLite format 3\0"+b"\0\1\2\3"*30+text.encode()+b"\0"*100)+"\n",
        "mail in zip in mail in zip": nested(text),
    }
    return [(name, mail.encode()) for name, mail in mails.items()]

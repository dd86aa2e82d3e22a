"""Mails that programs read in different ways, by hand: each shows the text to somebody.

In:  a text with a number     Out: names and mails, for wrap.py
"""

import base64
import gzip

HEAD = "From: a@example.com\nTo: b@example.org\nSubject: x\nMIME-Version: 1.0\n"


def encoded(text):
    return base64.b64encode(text.encode()).decode()


def hostile_mails(number):
    """Names and bytes of mails that carry the number in text."""
    text = "card " + " ".join(number[i:i + 4] for i in range(0, 16, 4)) + " ok"
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
    }
    return [(name, mail.encode()) for name, mail in mails.items()]

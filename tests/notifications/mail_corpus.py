"""About a hundred answers in the shapes that mail programs write, each with the words to publish of it.

Made by hand from the shapes alone: the people are Nadia Exemple and nobody else. `MAILS`: name → (raw bytes, words).
`AUTOMATIC`: name → (raw bytes, how sure). A new fault gets its mail here first.
"""

import base64
import quopri
from email.message import EmailMessage

from kb_site.notifications.mail_reader.automatic import Automatic
from kb_site.notifications.mail_reader.signatures import Own

SITE = "Passe-relais"
OWN = Own("Nadia", "Exemple", "nadia@example.org", "Atelier des Tilleuls", "Nadia Exemple")
US = "ne-pas-repondre@exemple.fr"
HEAD = (
    "From: Nadia Exemple <nadia@example.org>\r\nTo: reponse+1.comment.2.abc@exemple.fr\r\n"
    "Subject: Re: Paul E. vous a répondu\r\nMIME-Version: 1.0\r\n"
)
OURS = """— Répondez au-dessus de cette ligne : votre texte sera publié, la suite sera coupée. —

Bonjour Nadia,

Paul E. vous a répondu sous « Un atelier de lecture »

    Avez-vous une salle, et à quelle heure ouvrez-vous ?

Lire : https://passe-relais.exemple.fr/commentaires/2/

--
Passe-relais : https://passe-relais.exemple.fr/
Choisir ce que je reçois : https://passe-relais.exemple.fr/compte/courriels/"""
OURS_HTML = (
    '<div style="font-size:17px"><p>— Répondez au-dessus de cette ligne : votre texte sera publié, la suite sera coupée. —</p>'
    "<p>Bonjour Nadia,</p><blockquote style='border-left:3px solid #9c3b20'>Avez-vous une salle ?</blockquote>"
    '<p><a href="https://passe-relais.exemple.fr/">Passe-relais</a></p></div>'
)
SALLE = "Nous avons la salle du bas, de neuf heures à midi."
LONG = (
    "Chez nous la lecture se fait à voix haute, par petits groupes de quatre, et chacun choisit ce qu’il veut lire ; ceux qui ne "
    "lisent pas encore racontent une image."
)


def quoted(text=OURS, mark="> "):
    return "\n".join((mark + line).rstrip() for line in text.split("\n"))


def raw(body, *, head="", kind="text/plain; charset=utf-8", encoding="8bit", charset="utf-8"):
    """Return a message of one part."""
    content = body if isinstance(body, bytes) else body.replace("\n", "\r\n").encode(charset)
    if encoding == "base64":
        content = base64.encodebytes(content)
    elif encoding == "quoted-printable":
        content = quopri.encodestring(content)
    start = HEAD if "Subject:" not in head else HEAD.replace("Subject: Re: Paul E. vous a répondu\r\n", "")
    kinds = f"Content-Type: {kind}\r\nContent-Transfer-Encoding: {encoding}\r\n" if kind else ""
    return f"{start}{head}{kinds}\r\n".encode() + content


def parts(*pieces, kind="mixed", head=""):
    """Return a message of several parts, each « headers, empty line, content »."""
    inside = "".join(f"--b1\n{piece}\n" for piece in pieces)
    return raw(inside + "--b1--\n", head=head, kind=f'multipart/{kind}; boundary="b1"')


def text(words, kind="plain", more=""):
    return f"Content-Type: text/{kind}; charset=utf-8\nContent-Transfer-Encoding: 8bit\n{more}\n{words}\n"


def both(plain, html):
    return parts(text(plain), text(html, "html"), kind="alternative")


def html(words):
    return raw(words, kind="text/html; charset=utf-8")


def wrapped(words, width=72):
    import textwrap

    return "\n".join(textwrap.wrap(words, width, break_on_hyphens=False))


PICTURE = 'Content-Type: image/jpeg; name="a.jpg"\nContent-Disposition: inline; filename="a.jpg"\nContent-Transfer-Encoding: base64\n\n/9j/\n'
OUTLOOK = f"De : Passe-relais <{US}>\nEnvoyé : lundi 7 décembre 2026 08:05\nÀ : Nadia Exemple <nadia@example.org>\nObjet : Paul E. vous a répondu"
OUTLOOK_HTML = (
    f"<b>De&nbsp;:</b> Passe-relais &lt;{US}&gt;<br><b>Envoyé&nbsp;:</b> lundi 7 décembre 2026 08:05<br>"
    "<b>À&nbsp;:</b> Nadia Exemple<br><b>Objet&nbsp;:</b> Paul E. vous a répondu"
)
GMAIL = f"Le lun. 7 déc. 2026 à 08:05, Passe-relais <{US}> a écrit :"
GMAIL_HTML = (
    f'<br><div class="gmail_quote"><div dir="ltr" class="gmail_attr">Le lun. 7 déc. 2026 à 08:05, Passe-relais &lt;{US}&gt; a '
    f'écrit&nbsp;:<br></div><blockquote class="gmail_quote" style="margin:0">{OURS_HTML}</blockquote></div>'
)
WORD_PARAGRAPHS = f"<p class=MsoNormal>Première ligne.<o:p></o:p></p><p class=MsoNormal><o:p>&nbsp;</o:p></p><p class=MsoNormal>{SALLE}</p>"
SIGNED = "Nadia Exemple\nEncadrante\nAtelier des Tilleuls\n12 rue des Essais – 44000 Nantes\n02 99 00 00 01"

MAILS = {
    # Outlook and its kin
    "outlook-classic": (both(f"{SALLE}\n\n{OUTLOOK}\n\n{OURS}", f'<div class=WordSection1><p class=MsoNormal>{SALLE}</p><div><div style="border:none;border-top:solid #E1E1E1 1.0pt"><p class=MsoNormal>{OUTLOOK_HTML}</p></div></div>{OURS_HTML}</div>'), SALLE),
    "outlook-new": (html(f'<body><div class="elementToProof">{SALLE}</div><div id="appendonsend"></div><hr><div id="divRplyFwdMsg">{OUTLOOK_HTML}</div>{OURS_HTML}</body>'), SALLE),
    "outlook-web-plain": (raw(f"{SALLE}\n________________________________\n{OUTLOOK}\n\n{OURS}"), SALLE),
    "outlook-ios": (raw(f"{SALLE}\n\nEnvoyé à partir de Outlook pour iOS<https://aka.ms/x>\n________________________________\n{OUTLOOK}\n\n{OURS}"), SALLE),
    "outlook-ios-html": (html(f'<div>{SALLE}</div><div id="ms-outlook-mobile-signature">Envoyé à partir d’<a href="https://aka.ms/x">Outlook pour iOS</a></div><div id="mail-editor-reference-message-container"><hr>{OUTLOOK_HTML}{OURS_HTML}</div>'), SALLE),
    "outlook-android-get": (raw(f"{SALLE}\n\nTélécharger Outlook pour Android<https://aka.ms/y>\n\n{OUTLOOK}\n{OURS}"), SALLE),
    "outlook-mac": (raw(f"{SALLE}\n\nDe : Passe-relais <{US}>\nDate : lundi 7 décembre 2026 à 08:05\nÀ : Nadia Exemple <nadia@example.org>\nObjet : Paul E.\n\n{OURS}"), SALLE),
    "outlook-english": (raw(f"{SALLE}\n\nFrom: Passe-relais <{US}>\nSent: Monday, December 7, 2026 8:05 AM\nTo: Nadia Exemple\nSubject: Paul E.\n\n{OURS}"), SALLE),
    "outlook-2003": (raw(f"{SALLE}\n\n-----Message d'origine-----\nDe : Passe-relais [mailto:{US}]\nEnvoyé : lundi 7 décembre 2026 08:05\n\n{OURS}"), SALLE),
    "outlook-word-lines": (html(f"<style>p.MsoNormal{{margin:0cm}}</style><div>{WORD_PARAGRAPHS}</div><hr id='stopSpelling'><div>{OUTLOOK_HTML}</div>{OURS_HTML}"), f"Première ligne.\n\n{SALLE}"),
    "outlook-word-list": (html(f"<p class=MsoNormal>Il faut :</p><p class=MsoListParagraph><span style='mso-list:Ignore'>·<span>&nbsp;&nbsp; </span></span>une table</p><p class=MsoListParagraph><span style='mso-list:Ignore'>·<span>&nbsp; </span></span>des livres</p><div id='x_divRplyFwdMsg'>{OUTLOOK_HTML}</div>{OURS_HTML}"), "Il faut :\n- une table\n- des livres"),
    "outlook-safe-link": (html("<div>Voir <a href='https://eur02.safelinks.protection.outlook.com/?url=https%3A%2F%2Fexemple.fr%2Fguide&amp;data=05'>le guide</a>.</div><div id='divRplyFwdMsg'>De</div>"), "Voir le guide (https://exemple.fr/guide)."),
    "courrier-windows": (raw(f"{SALLE}\n\nEnvoyé à partir de Courrier pour Windows\n\nDe : Passe-relais\nEnvoyé le :lundi 7 décembre 2026 08:05\nÀ : nadia@example.org\nObjet :Paul E.\n\n{OURS}"), SALLE),
    "windows-live": (raw(f"{SALLE}\n\nFrom: Passe-relais\nSent: Monday, December 07, 2026 8:05 AM\nTo: nadia@example.org\nSubject: Paul E.\n\n{OURS}"), SALLE),
    # Gmail
    "gmail": (both(f"{wrapped(LONG, 76)}\n\nLe lun. 7 déc. 2026 à 08:05, Passe-relais <{US}> a\nécrit :\n\n{quoted()}", f'<div dir="ltr">{LONG}</div>{GMAIL_HTML}'), LONG),
    "gmail-plain-alone": (raw(f"{wrapped(LONG, 76)}\n\nLe lun. 7 déc. 2026 à 08:05, Passe-relais <{US}> a\nécrit :\n\n{quoted()}"), LONG),
    "gmail-two-paragraphs": (html(f'<div dir="ltr"><div>Oui.</div><div><br></div><div>{SALLE}</div></div>{GMAIL_HTML}'), f"Oui.\n\n{SALLE}"),
    "gmail-list": (html(f'<div dir="ltr">Il faut :<ol><li>une table</li><li>des livres</li></ol></div>{GMAIL_HTML}'), "Il faut :\n1. une table\n2. des livres"),
    "gmail-bottom": (html(f'<div class="gmail_quote"><div class="gmail_attr">{GMAIL.replace("<", "&lt;").replace(">", "&gt;")}</div><blockquote class="gmail_quote">{OURS_HTML}</blockquote></div><div>{SALLE}</div>'), SALLE),
    "gmail-interleaved": (html(f'<div class="gmail_quote"><div class="gmail_attr">{GMAIL.replace("<", "&lt;").replace(">", "&gt;")}</div><blockquote class="gmail_quote">Une salle ?</blockquote><div>Oui, en bas.</div><blockquote class="gmail_quote">À quelle heure ?</blockquote><div>Neuf heures.</div></div>'), "Oui, en bas.\n\nNeuf heures."),
    "gmail-signature": (html(f'<div dir="ltr">{SALLE}<br clear="all"><div><span class="gmail_signature_prefix">-- </span><br><div class="gmail_signature">Nadia Exemple<br>Encadrante</div></div></div>{GMAIL_HTML}'), SALLE),
    "gmail-own-indent": (html(f'<div dir="ltr">Une participante dit :<blockquote style="margin:0 0 0 40px;border:none;padding:0px">je lis mieux assise</blockquote>Alors nous avons des chaises.</div>{GMAIL_HTML}'), "Une participante dit :\nje lis mieux assise\nAlors nous avons des chaises."),
    "gmail-emoji-picture": (html(f'<div>Bravo <img data-emoji="🎉" alt="🎉" src="https://exemple.fr/e.png"></div>{GMAIL_HTML}'), "Bravo 🎉"),
    "gmail-en": (raw(f"{SALLE}\n\nOn Mon, Dec 7, 2026 at 8:05 AM Passe-relais <{US}> wrote:\n\n{quoted()}"), SALLE),
    # Apple
    "iphone": (raw(f"{SALLE}\n\nEnvoyé de mon iPhone\n\n> Le 7 déc. 2026 à 08:05, Passe-relais <{US}> a écrit :\n> \n{quoted()}"), SALLE),
    "iphone-html": (html(f'{SALLE}<div><br></div><div id="AppleMailSignature">Envoyé de mon iPhone</div><div><br><blockquote type="cite">Le 7 déc. 2026 à 08:05, Passe-relais a écrit&nbsp;:<br></blockquote></div><blockquote type="cite">{OURS_HTML}</blockquote>'), SALLE),
    "ipad-picture-first": (parts(PICTURE, text(f"{SALLE}\n\nEnvoyé de mon iPad\n\nLe 7 déc. 2026 à 08:05, Passe-relais <{US}> a écrit :\n\n{quoted()}")), SALLE),
    "apple-words-picture-words": (parts(text("Voici la table :"), PICTURE, text("Et les chaises sont rangées.")), "Voici la table :\n\nEt les chaises sont rangées."),
    "apple-mail-name": (raw(f"Bonjour,\n\n{SALLE}\n\nNadia\n\n> Le 7 déc. 2026 à 08:05, Passe-relais <{US}> a écrit :\n>\n{quoted()}"), f"Bonjour,\n\n{SALLE}"),
    "apple-german": (raw(f"{SALLE}\n\nAm 07.12.2026 um 08:05 schrieb Passe-relais <{US}>:\n\n{quoted()}"), SALLE),
    "apple-spanish": (raw(f"{SALLE}\n\nEl 7 dic 2026, a las 8:05, Passe-relais <{US}> escribió:\n\n{quoted()}"), SALLE),
    "apple-forward-title": (raw(f"{SALLE}\n\nDébut du message réexpédié :\n\nDe: Passe-relais <{US}>\nObjet: Paul E.\nDate: 7 décembre 2026 à 08:05:00\n\n{OURS}"), SALLE),
    # Thunderbird and free programs
    "thunderbird": (raw(f"{SALLE}\n\nLe 07/12/2026 à 08:05, Passe-relais a écrit :\n{quoted()}"), SALLE),
    "thunderbird-html": (html(f'<p>{SALLE}</p><div class="moz-cite-prefix">Le 07/12/2026 à 08:05, Passe-relais a écrit&nbsp;:<br></div><blockquote type="cite" cite="mid:1@exemple.fr">{OURS_HTML}</blockquote><pre class="moz-signature">-- \nNadia Exemple</pre>'), SALLE),
    "thunderbird-bottom": (raw(f"Le 07/12/2026 à 08:05, Passe-relais a écrit :\n{quoted()}\n\n{SALLE}\n\n-- \nNadia Exemple\nEncadrante"), SALLE),
    "thunderbird-flowed": (raw(f"Chez nous la lecture se fait à voix haute, par \npetits groupes de quatre.\n\nUn autre paragraphe.\n\nLe 07/12/2026 à 08:05, Passe-relais a écrit :\n{quoted()}", kind="text/plain; charset=UTF-8; format=flowed"), "Chez nous la lecture se fait à voix haute, par petits groupes de quatre.\n\nUn autre paragraphe."),
    "flowed-delsp": (raw(f"Chez nous la lec \nture se fait assise.\n\nLe 07/12/2026 à 08:05, Passe-relais a écrit :\n{quoted()}", kind="text/plain; charset=UTF-8; format=flowed; delsp=yes"), "Chez nous la lecture se fait assise."),
    "evolution": (raw(f"{SALLE}\n\nLe lundi 07 décembre 2026 à 08:05 +0100, Passe-relais a écrit :\n{quoted()}"), SALLE),
    "kmail": (raw(f"Le lundi 7 décembre 2026, 08:05:12 CET Passe-relais a écrit :\n{quoted()}\n\n{SALLE}"), SALLE),
    "mutt": (raw(f"{SALLE}\n\nOn Mon, Dec 07, 2026 at 08:05:12AM +0100, Passe-relais wrote:\n{quoted()}"), SALLE),
    "roundcube": (html(f'<p>{SALLE}</p><p id="reply-intro">Le 2026-12-07 08:05, Passe-relais a écrit :</p><blockquote type="cite">{OURS_HTML}</blockquote>'), SALLE),
    "roundcube-plain": (raw(f"Le 2026-12-07 08:05, Passe-relais a écrit :\n{quoted()}\n\n{SALLE}"), SALLE),
    "k9": (raw(f"{SALLE}\n-- \nEnvoyé de mon appareil Android avec Courriel K-9 Mail. Veuillez excuser ma brièveté.\n\nLe 7 décembre 2026 08:05:12 GMT+01:00, Passe-relais <{US}> a écrit :\n{quoted()}"), SALLE),
    "k9-html": (html(f'<div>{SALLE}</div><div class="k9mail-signature">-- <br>Envoyé de mon appareil Android</div><div class="gmail_quote">Le 7 décembre 2026 08:05:12 GMT+01:00, Passe-relais a écrit :<blockquote class="gmail_quote">{OURS_HTML}</blockquote></div>'), SALLE),
    "sent-from-a-brand": (raw(f"{SALLE}\nEnvoyé de Xiaomi\nLe lun. 7 déc. 2026 08:05, Passe-relais <{US}> a écrit :\n{quoted()}"), SALLE),
    "attribution-in-arabic": (raw(f"{SALLE}\n\nفي الاثنين، 7 ديسمبر 2026 في 8:05 ص تمت كتابة ما يلي بواسطة Passe-relais <{US}>:\n{quoted()}"), SALLE),
    "fairemail": (raw(f"{SALLE}\n\n7 décembre 2026 08:05:12 Passe-relais <{US}>:\n\n{quoted()}"), SALLE),
    "bluemail": (raw(f"{SALLE}\n\nTéléchargez BlueMail pour Android\n\nLe 7 déc. 2026, à 08:05, Passe-relais <{US}> a écrit:\n\n{OURS}"), SALLE),
    # French providers
    "orange-web": (raw(f"{SALLE}\n\n> Message du 07/12/26 08:05\n> De : \"Passe-relais\" <{US}>\n> A : nadia@example.org\n> Copie à :\n> Objet : Paul E.\n>\n{quoted()}"), SALLE),
    "orange-new-web": (raw(f"{SALLE}\n\n\nenvoyé : 7 décembre 2026 à 08:05\nde : Passe-relais <{US}>\nà : nadia@example.org\nobjet : Paul E.\n\n\n{OURS}"), SALLE),
    "orange-app": (raw(f"{SALLE}\n\nEnvoyé depuis l’application Mail Orange\n\n---- Passe-relais a écrit ----\n\n{OURS}"), SALLE),
    "laposte-web": (raw(f"{SALLE}\n\nDe : \"Passe-relais\" <{US}>\nA : nadia@example.org\nEnvoyé: lundi 7 décembre 2026 08:05\nObjet : Paul E.\n\n{OURS}"), SALLE),
    "laposte-app": (raw(f"{SALLE}\n\nEnvoyé depuis l'app La Poste\n\nLe 7 déc. 2026 à 08:05, Passe-relais a écrit :\n{quoted()}"), SALLE),
    "sfr": (raw(f"{SALLE}\n\n========================================\nMessage du : 07/12/2026 08:05\nDe : \"Passe-relais \" <{US}>\nA : nadia@example.org\nCopie à :\nSujet : Paul E.\n========================================\n\n{OURS}"), SALLE),
    "free-zimbra": (raw(f"{SALLE}\n\n----- Mail original -----\nDe: \"Passe-relais\" <{US}>\nÀ: \"Nadia\" <nadia@example.org>\nEnvoyé: Lundi 7 Décembre 2026 08:05:12\nObjet: Paul E.\n\n{OURS}"), SALLE),
    "zimbra-html": (html(f'<div>{SALLE}</div><hr id="zwchr" data-marker="__DIVIDER__"><div data-marker="__HEADERS__"><b>De: </b>Passe-relais<br><b>Envoyé: </b>Lundi</div><div data-marker="__QUOTED_TEXT__">{OURS_HTML}</div>'), SALLE),
    "zimbra-le": (raw(f"{SALLE}\n\n----- Le 7 Déc 26, à 8:05, Passe-relais {US} a écrit :\n\n{quoted()}"), SALLE),
    "yahoo": (html(f'<div class="yahoo-style-wrap"><div dir="ltr">{SALLE}</div></div><div id="ydp1yahoo_quoted_2" class="ydp1yahoo_quoted"><div><div>Le lundi 7 décembre 2026 à 08:05:12 UTC+1, Passe-relais a écrit :</div>{OURS_HTML}</div></div>'), SALLE),
    "yahoo-android": (raw(f"{SALLE}\n\nEnvoyé depuis Yahoo Mail pour Android \n \n  Le lun., déc. 7, 2026 à 8:05, Passe-relais<{US}> a écrit :   {OURS}"), SALLE),
    "proton": (both(f"{SALLE}\n\nEnvoyé avec la messagerie sécurisée [Proton Mail.](https://proton.me/)\n\nLe lundi 7 décembre 2026 à 08:05, Passe-relais <{US}> a écrit :\n\n{quoted()}", f'<div>{SALLE}</div><div class="protonmail_signature_block"><div>Envoyé avec Proton Mail.</div></div><div class="protonmail_quote">Le lundi 7 décembre 2026 à 08:05, Passe-relais a écrit :<br><blockquote class="protonmail_quote" type="cite">{OURS_HTML}</blockquote></div>'), SALLE),
    "proton-plain": (raw(f"{SALLE}\n\nEnvoyé avec la messagerie sécurisée Proton Mail.\n\nLe lundi 7 décembre 2026 à 08:05, Passe-relais <{US}> a écrit :\n\n{quoted()}"), SALLE),
    "tuta": (raw(f"{SALLE}\n\n7 déc. 2026, 08:05 de {US}:\n\n{quoted()}"), SALLE),
    "infomaniak": (html(f'<div>{SALLE}</div><div class="ik_mail_quote"><div>Le 2026-12-07T08:05:12.000+01:00, Passe-relais a écrit :</div><blockquote class="ws-ng-quote">{OURS_HTML}</blockquote></div>'), SALLE),
    "mailo": (raw(f"{SALLE}\n---- Message d'origine ----\n> De : Passe-relais <{US}>\n> À : nadia@example.org\n> Sujet : Paul E.\n{quoted()}"), SALLE),
    "ovh-owa": (raw(f"{SALLE}\n\n________________________________________\nDe: Passe-relais <{US}>\nEnvoyé: lundi 7 décembre 2026 08:05\nÀ: Nadia\nObjet: Paul E.\n\n{OURS}"), SALLE),
    "samsung": (raw(f"{SALLE}\n\nEnvoyé depuis mon appareil Galaxy\n\n-------- Message d'origine --------\nDe : Passe-relais <{US}>\nDate : 07/12/2026 08:05 (GMT+01:00)\nÀ : nadia@example.org\nObjet : Paul E.\n\n{OURS}"), SALLE),
    "mobile-of-operator": (raw(f"{SALLE}\n\nEnvoyé depuis mon mobile\n\nPasse-relais <{US}> a écrit :\n\n{OURS}"), SALLE),
    "answer-in-header-table": (html(f"<p>{SALLE}</p><table><tr><td>De :</td><td>Passe-relais &lt;{US}&gt;</td></tr><tr><td>Envoyé :</td><td>lundi 7 décembre 2026 08:05</td></tr><tr><td>Objet :</td><td>Paul E.</td></tr></table>{OURS_HTML}"), SALLE),
    # Encodings
    "quoted-printable": (raw(f"{SALLE}\n\n{GMAIL}\n{quoted()}", encoding="quoted-printable"), SALLE),
    "base64": (raw(f"{SALLE}\n\n{GMAIL}\n{quoted()}", encoding="base64"), SALLE),
    "base64-with-foot-in-clear": (raw(base64.encodebytes(SALLE.encode()) + b"\nAjout de la passerelle en clair\n", head="Content-Transfer-Encoding: base64\r\n").replace(b"Content-Transfer-Encoding: 8bit\r\n", b""), SALLE),
    "windows-1252": (raw("L’œuvre a coûté 12 € – c’est tout…", kind="text/plain; charset=windows-1252", charset="windows-1252"), "L’œuvre a coûté 12 € – c’est tout…"),
    "latin-1-that-is-1252": (raw("L’œuvre a coûté 12 €", kind="text/plain; charset=iso-8859-1", charset="windows-1252"), "L’œuvre a coûté 12 €"),
    "latin-9": (raw("L'oeuvre a coûté 12 € à l'été", kind="text/plain; charset=iso-8859-15", charset="iso-8859-15"), "L'oeuvre a coûté 12 € à l'été"),
    "no-charset-utf-8": (raw("Très bonne idée à l’été", kind="text/plain"), "Très bonne idée à l’été"),
    "no-charset-latin": (raw("Très bonne idée", kind="text/plain", charset="latin-1"), "Très bonne idée"),
    "wrong-charset": (raw("Très bonne idée à l’été", kind="text/plain; charset=us-ascii"), "Très bonne idée à l’été"),
    "says-utf-8-is-latin": (raw("Très bonne idée", charset="latin-1"), "Très bonne idée"),
    "unknown-charset": (raw("Très bonne idée", kind="text/plain; charset=x-inconnu"), "Très bonne idée"),
    "utf-16": (raw("Très bonne idée".encode("utf-16"), kind="text/plain; charset=utf-16"), "Très bonne idée"),
    "no-mime": (raw("Très bonne idée", kind="", encoding="").replace(b"MIME-Version: 1.0\r\n", b""), "Très bonne idée"),
    "html-meta-charset": (raw('<html><head><meta charset="windows-1252"></head><body><p>Très bonne idée</p></body></html>', kind="text/html", charset="windows-1252"), "Très bonne idée"),
    "bom": (raw("\ufeffOui, à neuf heures."), "Oui, à neuf heures."),
    # Which part
    "plain-is-empty": (both(" \n", f"<p>{SALLE}</p>{GMAIL_HTML}"), SALLE),
    "html-is-empty": (both(f"{SALLE}\n\n{GMAIL}\n{quoted()}", "<html><body></body></html>"), SALLE),
    "named-text-is-a-file": (parts(text(SALLE), text("contenu du fichier", more='Content-Disposition: inline; filename="liste.txt"\n')), SALLE),
    "foot-of-a-list": (parts(text(SALLE), text("Cette liste est tenue par l’essai")), SALLE),
    "signed-smime": (parts(text(SALLE), "Content-Type: application/pkcs7-signature; name=smime.p7s\n\nMIIB\n", kind="signed"), SALLE),
    "signed-pgp-inline": (raw(f"-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA256\n\n{SALLE}\n\n{GMAIL}\n- {quoted()}\n-----BEGIN PGP SIGNATURE-----\n\niQEz\n-----END PGP SIGNATURE-----\n"), SALLE),
    # Signatures, and what others add
    "signature-with-closing": (raw(f"{SALLE}\n\nBien cordialement,\n\n{SIGNED}\n\n{OUTLOOK}\n{OURS}"), SALLE),
    "signature-without-closing": (raw(f"{SALLE}\n\n{SIGNED}\n\n{OUTLOOK}\n{OURS}"), SALLE),
    "signature-capitals": (raw(f"{SALLE}\n\nNadia EXEMPLE | Encadrante | Atelier des Tilleuls\nTél. : 02 99 00 00 01 – www.exemple.fr\n\n{OUTLOOK}\n{OURS}"), SALLE),
    "closing-and-name-on-a-line": (raw(f"{SALLE}\n\nCordialement, Nadia"), SALLE),
    "wish-is-kept": (raw(f"{SALLE}\n\nBonne journée à toutes,\nNadia\n\n{GMAIL}\n{quoted()}"), f"{SALLE}\n\nBonne journée à toutes,"),
    "postscript-is-kept": (raw(f"{SALLE}\n\nPS : la salle a une rampe."), f"{SALLE}\n\nPS : la salle a une rampe."),
    "stars-of-gmail": (raw(f"{SALLE}\n\n*-- *\n*Nadia Exemple*\n*Atelier des Tilleuls*\n\n{GMAIL}\n{quoted()}"), SALLE),
    "disclaimer": (raw(f"{SALLE}\n\nNadia\n\nCe message et ses pièces jointes sont confidentiels et réservés à leur destinataire. Si vous l’avez reçu par erreur, détruisez-le.\n\n{OUTLOOK}\n{OURS}"), SALLE),
    "environment": (raw(f"{SALLE}\n\nPensez à l’environnement avant d’imprimer ce message."), SALLE),
    "antivirus": (raw(f"{SALLE}\n\n<https://www.avast.com/x>\nSans virus.www.avast.com\n<#DAB4>\n\n{GMAIL}\n{quoted()}"), SALLE),
    "picture-of-signature": (raw(f"{SALLE}\n\nBien à vous,\nNadia\n\n[cid:image001.png@01DC]\n\n{OUTLOOK}\n{OURS}"), SALLE),
    # Words of the writer that look like a machine's
    "begins-with-le": (raw(f"Le lundi nous lisons à voix haute.\nLe mardi, chacun pour soi.\n\n{GMAIL}\n{quoted()}"), "Le lundi nous lisons à voix haute.\nLe mardi, chacun pour soi."),
    "somebody-wrote": (raw(f"Le groupe du lundi a essayé. Une salariée a écrit :\n« je lis mieux assise ».\n\n{GMAIL}\n{quoted()}"), "Le groupe du lundi a essayé. Une salariée a écrit :\n« je lis mieux assise »."),
    "announces-a-date": (raw(f"Notre atelier :\nDate : mardi 8 décembre\nDe : 9 h à 12 h\nÀ : la médiathèque\n\n{GMAIL}\n{quoted()}"), "Notre atelier :\nDate : mardi 8 décembre\nDe : 9 h à 12 h\nÀ : la médiathèque"),
    "rule-of-their-own": (raw(f"Avant :\n- rien\n____________________\nAprès :\n- des livres\n\n{GMAIL}\n{quoted()}"), "Avant :\n- rien\n____________________\nAprès :\n- des livres"),
    "sends-something": (raw("J’ai demandé les livres.\nEnvoyé de mon côté hier, nous attendons."), "J’ai demandé les livres.\nEnvoyé de mon côté hier, nous attendons."),
    "name-in-a-list": (raw("Qui anime :\n- Paul\n- Nadia"), "Qui anime :\n- Paul\n- Nadia"),
    "one-word": (raw(f"Nadia\n\n{GMAIL}\n{quoted()}"), "Nadia"),
    "inline-answers": (raw(f"{GMAIL}\n> Une salle ?\nOui.\n> À quelle heure ?\nNeuf heures.\n"), "Oui.\n\nNeuf heures."),
    "table-of-data": (html(f"<table><tr><th>Jour</th><th>Heure</th></tr><tr><td>lundi</td><td>9 h</td></tr></table>{GMAIL_HTML}"), "Jour | Heure\nlundi | 9 h"),
    "short-lines-stay": (raw("Une table.\nDes livres.\nQuatre chaises."), "Une table.\nDes livres.\nQuatre chaises."),
    "nothing-but-a-forward": (raw(f"---------- Forwarded message ---------\nDe : Passe-relais <{US}>\nDate: lun. 7 déc. 2026 à 08:05\nSubject: Paul E.\nTo: <nadia@example.org>\n\n{OURS}"), ""),
    "nothing-but-a-quotation": (raw(f"{GMAIL}\n{quoted()}"), ""),
    "hidden-preheader": (html(f'<div style="display:none">aperçu</div><p>{SALLE}</p>{GMAIL_HTML}'), SALLE),
    "deep-as-it-likes": (html("<div>" * 3000 + "Oui." + "</div>" * 3000), ""),
}  # fmt: skip

ABSENT = "Bonjour,\n\nJe suis absente jusqu’au 4 janvier. Votre message sera lu à mon retour.\n\nNadia"
CALENDAR = "Content-Type: text/calendar; charset=utf-8; method=REPLY\n\nBEGIN:VCALENDAR\nMETHOD:REPLY\nEND:VCALENDAR\n"

AUTOMATIC = {
    "absence-rfc": (raw(ABSENT, head="Auto-Submitted: auto-replied\r\n"), Automatic.YES),
    "absence-exchange": (raw(ABSENT, head="X-MS-Exchange-Inbox-Rules-Loop: nadia@example.org\r\n"), Automatic.YES),
    "absence-ovh": (raw(ABSENT, head="X-Autorespond: Re: Paul\r\n"), Automatic.YES),
    "absence-by-subject": (raw(ABSENT, head="Subject: Réponse automatique : Paul E. vous a répondu\r\n"), Automatic.YES),
    "absence-of-the-office": (raw(ABSENT, head="Subject: Absente du bureau : Paul E.\r\n"), Automatic.YES),
    "absence-by-words": (raw(ABSENT), Automatic.MAYBE),
    "absence-in-english": (raw("I am out of the office until January 4.", head="Subject: Automatic reply: Paul E.\r\n"), Automatic.YES),
    "read-receipt": (parts(text("Votre message a été lu."), "Content-Type: message/disposition-notification\n\nDisposition: automatic-action; displayed\n", kind="report; report-type=disposition-notification"), Automatic.YES),
    "read-receipt-by-subject": (raw("Votre message\n   À : Nadia\na été lu le 7 décembre 2026 08:10", head="Subject: Lu : Paul E. vous a répondu\r\n"), Automatic.YES),
    "delivery-report": (parts(text("Échec de la remise."), "Content-Type: message/delivery-status\n\nAction: failed\n", kind="report; report-type=delivery-status"), Automatic.YES),
    "delivery-report-by-sender": (raw("Undelivered.", head="Return-Path: <>\r\n"), Automatic.YES),
    "absence-by-words-under-our-subject": (raw("Bonjour,\nActuellement en déplacement, je lirai votre message à mon retour le 14."), Automatic.MAYBE),
    "ticket-opened": (raw("Votre demande n° 4512 a bien été enregistrée. Merci de ne pas modifier l’objet."), Automatic.MAYBE),
    "asked-to-prove-a-person": (raw("Pour que votre message me parvienne, cliquez ici : https://exemple.fr/x"), Automatic.MAYBE),
    "words-with-an-invitation": (parts(text("Venez mardi, l’invitation est jointe."), CALENDAR.replace("REPLY", "REQUEST")), Automatic.MAYBE),
    "invitation-alone": (raw("BEGIN:VCALENDAR\nMETHOD:REQUEST\nEND:VCALENDAR", kind="text/calendar; method=REQUEST"), Automatic.YES),
    "invitation-accepted": (parts(text("Nadia a accepté"), CALENDAR, kind="alternative"), Automatic.YES),
    "calendar-alone": (raw("BEGIN:VCALENDAR\nMETHOD:REPLY\nEND:VCALENDAR", kind="text/calendar; method=REPLY"), Automatic.YES),
    "accepted-by-subject": (raw("", head="Subject: Accepté : atelier de lecture\r\n"), Automatic.YES),
    "reaction-of-gmail": (parts(text("👍"), "Content-Type: text/vnd.google.email-reaction+json; charset=utf-8\n\n{}\n", kind="alternative"), Automatic.YES),
    "reaction-in-words": (raw("Nadia Exemple a réagi via Gmail 👍"), Automatic.YES),
    "acknowledgement": (raw("Votre demande a bien été enregistrée sous le numéro 12. Merci de ne pas répondre."), Automatic.MAYBE),
    "a-person": (raw(f"{SALLE}\n\n{GMAIL}\n{quoted()}"), Automatic.NO),
    "a-person-back": (raw("Je reprends ce que disait Paul : de retour en salle, on lit mieux."), Automatic.NO),
}  # fmt: skip


def message_of(content):
    from kb_site.notifications.email_parser import read_message

    message = read_message(content)
    assert isinstance(message, EmailMessage)
    return message

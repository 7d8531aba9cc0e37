"""A firm that writes Arabic: sample texts in every place, to see where things stand."""

import re
from pathlib import Path
from typing import Any

import yaml

EXAMPLE = Path(__file__).parents[2] / "examples" / "firm" / "languages" / "fr"
SAMPLE = "نص تجريبي باللغة العربية"
ABOUT = "عملنا في قضيتكم"
MOMENTS = {
    "today": "اليوم", "tomorrow": "غدا", "in_days": "خلال {days} أيام", "on_day": "يوم {day}",
    "at": "{day} الساعة {clock}", "on_day_at": "يوم {day} الساعة {clock}",
    "your_time": "بتوقيتكم", "other_clock": "بتوقيت {city}؛ {clock} بتوقيتكم",
    "other_day": "بتوقيت {city}؛ {day}، {clock} بتوقيتكم", "one_more": "{subject} ورسالة أخرى",
    "more": "{subject} و{others} رسائل أخرى",
}  # fmt: skip
MESSAGES = {
    "frame/greeting.txt": "عزيزنا {{ name }}،",
    "frame/signature.txt": "محاميتكم: {{ lawyer_name }}، هاتف {{ lawyer_phone }}\n"
    "{{ firm }}: هاتف: {{ firm_phone }}",
    "frame/footer.txt": '{{ button("اختاروا كيف نتواصل معكم", preferences) }}',
    "survey-invitation.txt": "Subject: كيف كان عملنا معكم؟\n\n{{ greeting }}\n\n"
    'نود أن نعرف رأيكم في عملنا.\n\n{{ button("شاركونا رأيكم", link) }}',
}


def arabic_firm(folder: Path) -> Path:
    """A folder of a firm with Arabic pages and messages."""
    language = folder / "languages" / "ar"
    messages = language / "messages"
    (messages / "frame").mkdir(parents=True)
    for name, text in MESSAGES.items():
        (messages / name).write_text(text, "utf-8")
    (messages / "frame" / "moments.yaml").write_text(_dumped(MOMENTS), "utf-8")
    pages = yaml.load((EXAMPLE / "pages.yaml").read_text("utf-8"), yaml.BaseLoader)  # noqa: S506 - ours
    (language / "pages.yaml").write_text(_dumped(_said(pages)), "utf-8")
    (language / "surveys.yaml").write_text(_dumped({"any": ABOUT}), "utf-8")
    return folder


def _said(text: Any) -> Any:
    """The same shape with sample texts, and with whatever is filled in."""
    if isinstance(text, dict):
        return {int(key) if key.isdigit() else key: _said(each) for key, each in text.items()}
    if isinstance(text, list):
        return [_said(each) for each in text]
    return " ".join([SAMPLE, *re.findall(r"{\w+}", str(text))])


def _dumped(data: Any) -> str:
    return str(yaml.safe_dump(data, allow_unicode=True))

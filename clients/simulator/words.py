"""Words of many languages, from which the built-in catalogue makes titles and artists."""

from __future__ import annotations

from typing import Final, NamedTuple


class Language(NamedTuple):
    """Nouns and how to join them; ``{}`` stands for one noun.

    ``regions`` are ISO codes of where its songs are at home.
    """

    regions: str
    nouns: str
    titles: tuple[str, ...]
    artists: tuple[str, ...]


LANGUAGES: Final = (
    Language(
        "US GB CA AU NZ IE ZA",
        "Paper Harbour Lantern Gravel Orchard Static Velvet Meridian",
        ("{} and {}", "{} Under {}"),
        ("The {} Committee", "{} Weather", "Little {}"),
    ),
    Language(
        "US GB AU IN NG PH",
        "Monday Thunder Cinnamon Elevator Satellite Marble Tuesday Ginger",
        ("{}, {}", "Half a {}, Half a {}"),
        ("{} Department", "DJ {}", "{} & Co"),
    ),
    Language(
        "MX ES US AR CO CL PE",
        "Luna Ceniza Lluvia Niebla Espejo Canela Invierno Ñandú",
        ("{} de {}", "¿{} o {}?"),
        ("Orquesta {}", "Trío {}", "Los de la {}"),
    ),
    Language(
        "BR PT",
        "Maré Saudade Sertão Manhã Vidro Açúcar Trovão Janela",
        ("{} e {}", "{} sem {}"),
        ("Conjunto {}", "Banda {}"),
    ),
    Language(
        "FR CA BE CH",
        "Neige Brume Fenêtre Été Cœur Givre Ombre Forêt",
        ("{} et {}", "Ni {} ni {}"),
        ("Groupe {}", "Mademoiselle {}"),
    ),
    Language(
        "DE AT CH NL",
        "Straße Nebel Übermut Fluß Gewitter Süden Morgen Glas",
        ("{} und {}", "Ohne {}, ohne {}"),
        ("Kapelle {}", "Institut {}"),
    ),
    Language(
        "SE NO DK FI IS",
        "Björk Snö Ögonblick Hav Låga Vinter Ängel Skog",
        ("{} och {}", "Aldrig {}, alltid {}"),
        ("Gruppen {}", "{}orkestern"),
    ),
    Language(
        "TR DE",
        "Gece İstasyon Yağmur Çiçek Rüzgâr Işık Güz Şehir",
        ("{} ve {}", "Ne {} ne {}"),
        ("{} Topluluğu", "Grup {}"),
    ),
    Language(
        "UA PL",
        "Ніч Їжак Дощ Вітер Яблуко Світло Зима Місто",
        ("{} і {}", "{} чи {}"),
        ("Гурт {}", "Оркестр {}"),
    ),
    Language(
        "GR IT",
        "Νύχτα Θάλασσα Βροχή Άνεμος Φως Χειμώνας Δρόμος Ύπνος",
        ("{} και {}", "Χωρίς {}, χωρίς {}"),
        ("Ομάδα {}", "Ορχήστρα {}"),
    ),
    Language(
        "EG",
        "ليل بحر مطر قمر شتاء مدينة ضوء ريح",
        ("{} و {}", "بين {} و {}"),
        ("فرقة {}", "أوركسترا {}"),
    ),
    Language(
        "IN",
        "रात सागर बारिश चाँद हवा शहर सर्दी दीपक",
        ("{} और {}", "न {} न {}"),
        ("{} मंडली", "दल {}"),
    ),
    Language(
        "JP",
        "夜 海 雨 ガラス 冬 街 ひかり プール",
        ("{}と{}", "{}の{}"),
        ("{}楽団", "ザ・{}"),
    ),
    Language(
        "KR",
        "밤 바다 비 유리 겨울 도시 빛 바람",
        ("{}의 {}", "{}, {}"),
        ("{} 밴드", "{} 클럽"),
    ),
    Language(
        "TW JP MY",
        "夜 海 雨 玻璃 冬天 城市 光 風",
        ("{}與{}", "沒有{}的{}"),
        ("{}樂團", "{}合唱團"),
    ),
    Language(
        "TH VN ID",
        "คืน ทะเล ฝน แก้ว หนาว เมือง แสง ลม",
        ("{}และ{}", "{}กับ{}"),
        ("วง{}", "คณะ{}"),
    ),
)

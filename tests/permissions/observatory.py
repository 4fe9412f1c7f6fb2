from . import Door, only

COORDINATION = only("coordination", "admin")

DOORS = {
    "observatory": Door("/besoins/", COORDINATION),
    "funder_report": Door("/besoins/rapport/", COORDINATION),
    "funder_report_foreword": Door(
        "/besoins/rapport/introduction/", COORDINATION, post=only("coordination", "admin", status=422)
    ),
    "funder_report_docx": Door("/besoins/rapport.docx", COORDINATION),
    "funder_report_csv": Door("/besoins/rapport.csv", COORDINATION),
    "funder_report_xlsx": Door("/besoins/rapport.xlsx", COORDINATION),
}
ELSEWHERE: set[str] = set()

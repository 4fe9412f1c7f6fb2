from . import Door, only

COORDINATION = only("coordination", "admin")

DOORS = {
    "observatory": Door("/besoins/", COORDINATION),
    "funder_report": Door("/besoins/rapport/", COORDINATION),
    "funder_report_csv": Door("/besoins/rapport.csv", COORDINATION),
    "funder_report_xlsx": Door("/besoins/rapport.xlsx", COORDINATION),
}
ELSEWHERE: set[str] = set()

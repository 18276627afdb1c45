"""Sentence kinds: which features of a number's label mean which figure. Data, first match wins.

A rule is tried on the *subject* (what is counted), the *features* (measures found in the label) and
the *context* (the group that an earlier head figure opened: "đã giải quyết 371 hồ sơ, trong đó …").
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

DOSSIER, FEEDBACK, PROCEDURE, PERCENT = "dossier", "feedback", "procedure", "percent"
UNITS, DOCUMENTS, STAFF, MEETING, MONEY, PLAN, FIELD, HOUR = (
    "units", "documents", "staff", "meeting", "money", "plan", "field", "hour",
)  # fmt: skip

SUBJECTS: Mapping[str, str] = {
    "DOSSIER": DOSSIER,
    "RESULT": DOSSIER,
    "PAKN": FEEDBACK,
    "PROC": PROCEDURE,
    "COMMUNE": UNITS,
    "AGENCY": UNITS,
    "OFFICE": UNITS,
    "AUTON": UNITS,
    "DOC_OUT": DOCUMENTS,
    "DOC_IN": DOCUMENTS,
    "CIVIL_SERVANT": STAFF,
    "PUBLIC_EMPLOYEE": STAFF,
    "STAFF": STAFF,
    "MEETING": MEETING,
    "MILLION": MONEY,
    "BILLION": MONEY,
    "FIELD": FIELD,
    "OBJECTIVE": PLAN,
    "TASK": PLAN,
    "ACTIVITY": PLAN,
    "HOUR": HOUR,
}

UNITS_OF_MEASURE: Mapping[str, str] = {
    DOSSIER: "dossier",
    FEEDBACK: "feedback",
    PROCEDURE: "procedure",
    PERCENT: "percent",
    UNITS: "unit",
    DOCUMENTS: "document",
    STAFF: "person",
    MEETING: "event",
    PLAN: "item",
    FIELD: "field",
    HOUR: "hour",
}


@dataclass(frozen=True)
class Rule:
    """``needs``: all of these (``A|B``: one of them); ``without``: none of these.

    An empty ``code`` says: understood as something that has no code, so it stays unread.
    ``opens`` names the context for the numbers that follow, also in the blocks below; ``implies``
    the context for the rest of the sentence only ("đúng hạn 78 hồ sơ, quá hạn 02 hồ sơ"). In a
    later sentence
    that does not go on with "trong đó" the context is ``past``.
    """

    subject: str
    code: str
    needs: str = ""
    without: str = ""
    context: str = ""
    dims: Mapping[str, str] = field(default_factory=dict)
    opens: str = ""
    implies: str = ""

    def matches(self, subject: str, features: frozenset[str], context: str) -> bool:
        """Whether the rule reads a number so labelled."""
        return (
            self.subject == subject
            and (not self.context or context in self.context.split("|"))
            and all(set(need.split("|")) & features for need in self.needs.split())
            and not set(self.without.split()) & features
        )


RULES: tuple[Rule, ...] = (
    # dossiers: what came in
    Rule(DOSSIER, "", "CHANGE|AVERAGE"),
    Rule(DOSSIER, "returned_by_post", "POSTED"),
    Rule(DOSSIER, "returned_by_post", "POSTAL|OFFLINE HANDOVER"),
    Rule(
        DOSSIER, "returned_by_post", "POSTAL RESULT|RESULTS", without="RECEIVE NEW ONLINE INPERSON"
    ),
    Rule(DOSSIER, "", "OFFLINE|INPERSON|POSTAL|ONLINE RESOLVED|SOLVE", without="RECEIVE NEW"),
    Rule(
        DOSSIER,
        "",
        "OFFLINE|INPERSON|POSTAL|ONLINE",
        without="RECEIVE NEW",
        context="resolved|open",
    ),
    Rule(DOSSIER, "paid_online", "PAY"),
    Rule(DOSSIER, "paid_online", "PAYMENT ONLINE"),
    Rule(DOSSIER, "received_offline", "OFFLINE|NOT_ONLINE"),
    Rule(DOSSIER, "received_offline", "INPERSON POSTAL"),
    Rule(DOSSIER, "online_full", "FULL"),
    Rule(DOSSIER, "interlinked", "INTERLINK"),
    Rule(DOSSIER, "received_in_person", "INPERSON", without="ONLINE"),
    Rule(DOSSIER, "received_postal", "POSTAL", without="ONLINE"),
    Rule(DOSSIER, "received_online", "ONLINE", without="INPERSON"),
    Rule(DOSSIER, "carried_over", "CARRY", implies="incoming"),
    Rule(DOSSIER, "received_new", "NEW", implies="incoming"),
    # dossiers: what stands still or left without a result
    Rule(DOSSIER, "open_awaiting_payment", "AWAIT_PAY"),
    Rule(DOSSIER, "open_awaiting_supplement", "SUPPLEMENT"),
    Rule(DOSSIER, "open_halted", "HALT"),
    Rule(DOSSIER, "returned_or_withdrawn", "RETURN WITHDRAW"),
    Rule(DOSSIER, "returned", "RETURN"),
    Rule(DOSSIER, "withdrawn", "WITHDRAW"),
    Rule(DOSSIER, "digitised_result", "DIGITISE RESULT", without="PERSONNEL INTAKE"),
    Rule(DOSSIER, "digitised_intake", "DIGITISE", without="PERSONNEL"),
    # dossiers: in time and late
    Rule(DOSSIER, "resolved_in_time", "INBOTH", implies="resolved"),
    Rule(DOSSIER, "resolved_in_time", "EARLY ONTIME|WITHIN", implies="resolved"),
    Rule(DOSSIER, "open_in_time", "NOT_LATE OPEN"),
    Rule(DOSSIER, "open_in_time", "NOT_LATE", context="open"),
    Rule(DOSSIER, "resolved_in_time", "NOT_LATE", implies="resolved"),
    Rule(DOSSIER, "resolved_early", "EARLY", implies="resolved"),
    Rule(DOSSIER, "resolved_on_time", "ONTIME", implies="resolved"),
    Rule(DOSSIER, "resolved_in_time", "WITHIN", without="OPEN", context="resolved"),
    Rule(DOSSIER, "resolved_in_time", "WITHIN RESOLVED|SOLVE", without="OPEN"),
    Rule(DOSSIER, "open_in_time", "INTIME|WITHIN", implies="open"),
    Rule(DOSSIER, "open_overdue", "LATE OPEN", implies="open"),
    Rule(DOSSIER, "resolved_late", "LATE RESOLVED|SOLVE|HANDOVER", implies="resolved"),
    Rule(DOSSIER, "open_overdue", "LATE", context="open|past open"),
    Rule(DOSSIER, "resolved_late", "LATE", context="resolved|past resolved"),
    Rule(DOSSIER, "overdue_unspecified", "LATE"),
    # dossiers: the heads
    Rule(DOSSIER, "open_total", "OPEN", opens="open"),
    Rule(DOSSIER, "open_total", "ONGOING SOLVE", opens="open"),
    Rule(DOSSIER, "received_total", "RECEIVE|MUST|NONE_AROSE|INTAKE", opens="received"),
    Rule(DOSSIER, "resolved_total", "RESOLVED|SOLVE|HANDOVER", opens="resolved"),
    Rule(DOSSIER, "resolved_total", "RESULT", opens="resolved"),
    Rule(DOSSIER, "received_total", "TOTAL", context="incoming", opens="received"),
    Rule(DOSSIER, "resolved_total", "TOTAL", context="resolved", opens="resolved"),
    Rule(DOSSIER, "open_total", "TOTAL", context="open", opens="open"),
    # feedback and petitions
    Rule(FEEDBACK, "", "CHANGE|PLACE"),
    Rule(FEEDBACK, "feedback_carried_over", "CARRY"),
    Rule(FEEDBACK, "feedback_new", "NEW"),
    Rule(FEEDBACK, "feedback_published", "PUBLISH"),
    Rule(FEEDBACK, "feedback_open", "OPEN|INTIME|REST", opens="feedback_open"),
    Rule(FEEDBACK, "feedback_open", "ONGOING", opens="feedback_open"),
    Rule(FEEDBACK, "feedback_open", "WITHIN SOLVE", opens="feedback_open"),
    Rule(
        FEEDBACK,
        "feedback_open",
        "REGULATION",
        context="feedback_open",
        dims={"kind": "regulation"},
    ),
    Rule(FEEDBACK, "feedback_open", "CONDUCT", context="feedback_open", dims={"kind": "conduct"}),
    Rule(
        FEEDBACK,
        "feedback_handled",
        "REGULATION",
        context="feedback_handled",
        dims={"kind": "regulation"},
    ),
    Rule(
        FEEDBACK,
        "feedback_handled",
        "CONDUCT",
        context="feedback_handled",
        dims={"kind": "conduct"},
    ),
    Rule(FEEDBACK, "feedback_received", "REGULATION", dims={"kind": "regulation"}),
    Rule(FEEDBACK, "feedback_received", "CONDUCT", dims={"kind": "conduct"}),
    Rule(FEEDBACK, "feedback_received", "RECEIVE|MUST|SENT|NONE_AROSE", opens="feedback_received"),
    Rule(FEEDBACK, "feedback_handled", "RESOLVED|SOLVE", opens="feedback_handled"),
    Rule(FEEDBACK, "feedback_received", "TOTAL", opens="feedback_received"),
    # procedures
    Rule(PROCEDURE, "procedures_simplified", "SIMPLIFY"),
    Rule(PROCEDURE, "procedures_reviewed", "REVIEW"),
    Rule(PROCEDURE, "procedures", "POLICE", dims={"sector": "police"}),
    Rule(PROCEDURE, "procedures", "SOCIAL_INSURANCE", dims={"sector": "social_insurance"}),
    Rule(PROCEDURE, "procedures", "DEFENCE", dims={"sector": "defence"}),
    Rule(PROCEDURE, "procedures", "TAX", dims={"sector": "tax"}),
    Rule(PROCEDURE, "procedures", "PUBLISH COMPETENT|TOTAL|ALL", opens="procedures"),
    Rule(PROCEDURE, "procedures", "PUBLISH", dims={"status": "published"}),
    Rule(
        PROCEDURE,
        "procedures",
        "TOTAL|NUMBER_OF DISTRICT|COMMUNE_LEVEL|PROVINCE",
        opens="procedures",
    ),
    Rule(
        PROCEDURE,
        "procedures",
        "DISTRICT_OWN",
        context="procedures",
        dims={"sector": "district"},
    ),
    Rule(PROCEDURE, "procedures", "DISTRICT", context="procedures", dims={"sector": "district"}),
    Rule(
        PROCEDURE, "procedures", "COMMUNE_LEVEL", context="procedures", dims={"sector": "commune"}
    ),
    Rule(PROCEDURE, "procedures", "PROVINCE", context="procedures", dims={"sector": "province"}),
    Rule(
        PROCEDURE,
        "procedures",
        "TOTAL|NUMBER_OF|COMPETENT|DISTRICT|COMMUNE_LEVEL|ALL",
        opens="procedures",
    ),
    # shares; "TARGET" is judged before these are
    Rule(PERCENT, "par_index_change", "CHANGE", context="par_index"),
    Rule(PERCENT, "par_index", "COMPARED", context="par_index"),
    Rule(PERCENT, "par_index", "INDEX", without="SATISFIED", context="par_index"),
    Rule(PERCENT, "", "CHANGE"),
    Rule(PERCENT, "satisfaction_rate", "SATISFIED"),
    Rule(PERCENT, "online_payment_rate", "PAY"),
    Rule(PERCENT, "online_payment_rate", "PAYMENT ONLINE"),
    Rule(PERCENT, "", "DATA|PERSONNEL"),
    Rule(PERCENT, "digitised_result_rate", "DIGITISE OUTPUT|HANDOVER", without="INTAKE"),
    Rule(PERCENT, "digitised_intake_rate", "DIGITISE INTAKE", without="OUTPUT"),
    Rule(PERCENT, "", "DIGITISE DOSSIER RESULT"),
    Rule(PERCENT, "digitised_result_rate", "DIGITISE RESULT"),
    Rule(PERCENT, "digitised_intake_rate", "DIGITISE DOSSIER"),
    Rule(PERCENT, "digitally_signed_rate", "SIGN"),
    Rule(PERCENT, "on_time_rate", "INBOTH|ONTIME|WITHIN|NOT_LATE"),
    Rule(PERCENT, "early_rate", "EARLY"),
    Rule(PERCENT, "", "LATE|FULL|INTERLINK"),
    Rule(PERCENT, "disbursed_rate", "DISBURSE"),
    Rule(PERCENT, "par_index", "PAR", opens="par_index"),
    Rule(PERCENT, "inspected_rate", "INSPECT"),
    Rule(PERCENT, "online_rate", "ONLINE", without="INPERSON PAYMENT"),
    # units by class, band and what they did
    Rule(UNITS, "inspected", "INSPECT", without="PLAN_CHECK"),
    Rule(
        UNITS,
        "units_in_class",
        "NOT_COMPLETED",
        dims={"class": "not_completed"},
        opens="not_completed",
    ),
    Rule(UNITS, "units_in_class", "EXCELLENT", dims={"class": "excellent"}, opens="excellent"),
    Rule(UNITS, "units_in_class", "GOOD", dims={"class": "good"}, opens="good"),
    Rule(UNITS, "units_in_class", "COMPLETED", dims={"class": "completed"}, opens="completed"),
    Rule(UNITS, "units_in_class", "BAND", context="excellent", dims={"class": "excellent"}),
    Rule(UNITS, "units_in_class", "BAND", context="good", dims={"class": "good"}),
    Rule(UNITS, "units_in_class", "BAND", context="completed", dims={"class": "completed"}),
    Rule(UNITS, "units_in_class", "BAND", context="not_completed", dims={"class": "not_completed"}),
    Rule(UNITS, "units_in_band", "BAND"),
    Rule(UNITS, "units", "SELF_FUNDED", dims={"kind": "autonomous", "funding": "self"}),
    Rule(UNITS, "units", "PART_FUNDED", dims={"kind": "autonomous", "funding": "part"}),
    Rule(UNITS, "units", "STATE_FUNDED", dims={"kind": "autonomous", "funding": "state"}),
    Rule(UNITS, "units", "AUTONOMY", dims={"kind": "autonomous"}, opens="autonomous"),
    Rule(UNITS, "units", "PLAN_TALK", dims={"kind": "communication_plan_completed"}),
    Rule(UNITS, "units", "PLAN_DONE", dims={"kind": "plan_completed"}),
    Rule(UNITS, "units", "PLAN_CHECK", dims={"kind": "self_inspection_plan"}),
    Rule(UNITS, "units", "WORK_RULES", dims={"kind": "work_rules"}),
    Rule(UNITS, "units", "WEB_PAGE", dims={"kind": "web_page"}),
    Rule(UNITS, "units", "PLAN_ISSUED", dims={"kind": "plan_issued"}),
    Rule(UNITS, "units", "COMMUNE TOTALITY|TOTAL", dims={"kind": "commune"}),
    # the rest
    Rule(DOCUMENTS, "documents_out", "DOC_OUT", opens="documents"),
    Rule(DOCUMENTS, "documents_in", "DOC_IN", opens="documents"),
    Rule(DOCUMENTS, "documents_out", "ISSUE", context="documents"),
    Rule(STAFF, "staff", "RECRUIT PUBLIC_EMPLOYEE", dims={"kind": "recruited_public_employee"}),
    Rule(STAFF, "staff", "RECRUIT", dims={"kind": "recruited_civil_servant"}),
    Rule(STAFF, "staff", "POLITICS", dims={"kind": "political_theory"}),
    Rule(STAFF, "staff", "DEGREE", dims={"kind": "university"}),
    Rule(STAFF, "staff", "TRAINED", dims={"kind": "trained"}),
    Rule(STAFF, "staff", "TOTAL|NUMBER_OF"),
    Rule(MEETING, "training", "ONLINE", dims={"form": "online"}),
    Rule(MEETING, "training", "INPERSON|GATHER", dims={"form": "in_person"}),
    Rule(MEETING, "training"),
    Rule(MONEY, "disbursed", "DISBURSE"),
    Rule(PLAN, "plan_items", "OBJECTIVE", dims={"kind": "objectives"}, opens="plan"),
    Rule(PLAN, "plan_items", "TASK", context="plan", dims={"kind": "tasks"}),
    Rule(PLAN, "plan_items", "ACTIVITY", context="plan", dims={"kind": "activities"}),
    Rule(FIELD, "fields_with_dossiers", "WITH_DOSSIERS"),
    Rule(HOUR, "reporting_deadline", "HOUR", dims={"of": "weekly_summary", "weekday": "monday"}),
)

RATE_OF: Mapping[str, str] = {
    "resolved_in_time": "on_time_rate",
    "resolved_early": "early_rate",
    "received_online": "online_rate",
    "paid_online": "online_payment_rate",
    "digitised_intake": "digitised_intake_rate",
    "digitised_result": "digitised_result_rate",
    "disbursed": "disbursed_rate",
    "inspected": "inspected_rate",
}
"""A bare share right after a count ("22.604 hồ sơ (đạt tỷ lệ 100%)") is the rate of that count."""

WHOLE_OF: Mapping[str, str] = {
    "resolved_total": "received_total",
    "resolved_early": "resolved_total",
    "resolved_on_time": "resolved_total",
    "resolved_in_time": "resolved_total",
    "resolved_late": "resolved_total",
    "open_in_time": "open_total",
    "open_overdue": "open_total",
    "feedback_handled": "feedback_received",
}
"""What stands behind the stroke: "đã giải quyết 90/95 hồ sơ"."""


CLASSES: Mapping[str, str] = {
    "EXCELLENT": "excellent",
    "GOOD": "good",
    "COMPLETED": "completed",
    "NOT_COMPLETED": "not_completed",
}

SUBJECT_OF_FEATURE: tuple[tuple[frozenset[str], str], ...] = (
    (
        frozenset({*CLASSES, "BAND", "AUTONOMY", "STATE_FUNDED", "PART_FUNDED", "SELF_FUNDED"}),
        UNITS,
    ),
    (frozenset({"REGULATION", "CONDUCT"}), FEEDBACK),
    (frozenset({"DOC_IN", "DOC_OUT"}), DOCUMENTS),
    (frozenset({"ONLINE", "INPERSON"}), DOSSIER),
    (
        frozenset(
            {
                "EARLY",
                "ONTIME",
                "INBOTH",
                "LATE",
                "POSTAL",
                "INTIME",
                "WITHIN",
                "OFFLINE",
                "CARRY",
                "OPEN",
                "RESOLVED",
                "NEW",
                "RECEIVE",
                "MUST",
                "SOLVE",
                "NOT_LATE",
                "RETURN",
                "WITHDRAW",
                "HALT",
                "SUPPLEMENT",
                "POSTED",
                "INTERLINK",
                "FULL",
                "NOT_ONLINE",
            }
        ),
        DOSSIER,
    ),
)
"""What is counted when no noun says so and no head figure did."""

STATES: Mapping[str, str] = {"RESOLVED": "RESOLVED", "OPEN": "OPEN", "ONGOING": "OPEN"}
"""Whether it is finished or not: what "quá hạn" and "trong hạn" leave open."""

TIMES: frozenset[str] = frozenset({"LATE", "WITHIN", "NOT_LATE"})
"""Timeliness that is of a finished dossier, or of one that is still open."""

RELEVANT: Mapping[str, frozenset[str]] = {
    subject: frozenset(
        name
        for rule in RULES
        if rule.subject == subject
        for need in rule.needs.split()
        for name in need.split("|")
    )
    for subject in {rule.subject for rule in RULES}
}
"""The features that mean something for a subject."""


def rates_named(features: frozenset[str]) -> list[str]:
    """Every rate that the features name, for a target set on several at once."""
    found = [
        rule.code
        for rule in RULES
        if rule.subject == PERCENT
        and rule.code.endswith("_rate")
        and all(set(need.split("|")) & features for need in rule.needs.split())
        and not set(rule.without.split()) & features
    ]
    return list(dict.fromkeys(found))


def read_rule(subject: str, features: frozenset[str], context: str) -> Rule | None:
    """The rule that reads such a number; ``None`` when there is none."""
    return next((rule for rule in RULES if rule.matches(subject, features, context)), None)

"""What an agreement is: one file per part, frozen attrs classes, and the dictionary of every field.

Objects are built in Python with the names that are listed here::

    from iopdocs.model import Agreement, Party, PartyKind
    agreement = Agreement(title="Trygga kvällar", parties=(Party(name="Exempelstads kommun", kind=PartyKind.MUNICIPALITY),))

Their values (:class:`~iopdocs.values.Money`, :class:`~iopdocs.values.Duration` …) are in :mod:`iopdocs.values`. A value of the
wrong type raises :class:`iopdocs.RecordError` with every problem of the object.
"""

import attrs

from iopdocs.model.agreement import Agreement, Area, DataOrigin, Status
from iopdocs.model.assessment import (
    Answer,
    Answered,
    DeMinimisAid,
    Examination,
    Exemption,
    FormChoice,
    LegalAssessment,
    LintNotes,
)
from iopdocs.model.background import Background, Initiative, PoliticalMandate, RelatedAgreement
from iopdocs.model.class_help import describe_fields
from iopdocs.model.clauses import ClauseChoice, OwnClause
from iopdocs.model.closing import Appendix, OwnSection, SectionName, Signing, SigningForm
from iopdocs.model.economy import (
    Accounts,
    BudgetLine,
    Deficit,
    DeficitBearer,
    Economy,
    GrantsAllowed,
    Indexation,
    IndexMethod,
    Interval,
    OtherGrants,
    Outcome,
    OutcomeContract,
    OutcomeLevel,
    PaidWhen,
    Payment,
    Resource,
    ResourceKind,
    Rounding,
    Surplus,
    SurplusUse,
)
from iopdocs.model.fields import ClauseName, Entry, Field, PartyRef
from iopdocs.model.goals import AgeBand, Goals, SubGoal, TargetGroup
from iopdocs.model.insatser import Insats, InsatsFrame, StatutoryService
from iopdocs.model.knowledge import Evaluation, FollowUp, Knowledge, KnowledgeGathering, LearningGoal
from iopdocs.model.organisation import (
    Communication,
    DecisionMode,
    Group,
    GroupKind,
    Member,
    Organisation,
    PublicVoice,
    Reporting,
    Responsibility,
)
from iopdocs.model.parties import (
    Accession,
    Contact,
    Decision,
    Party,
    PartyKind,
    Relations,
    SideAgreement,
    Signatory,
    Withdrawal,
)
from iopdocs.model.renegotiation_and_disputes import (
    Dispute,
    DisputeForm,
    DisputeStep,
    Remedy,
    Renegotiation,
    Termination,
    WindingUp,
)
from iopdocs.model.schedule import Instalment
from iopdocs.model.special_terms import DataResponsibility, PersonalData, SpecialTerms, StandardTerm
from iopdocs.model.starting_points import Basis, Definition, Understanding
from iopdocs.model.term import Extension, Term
from iopdocs.model.value_base import Principle, ValueBase
from iopdocs.values.text import Year

__all__ = [
    "Accession",
    "Accounts",
    "AgeBand",
    "Agreement",
    "Answer",
    "Answered",
    "Appendix",
    "Area",
    "Background",
    "Basis",
    "BudgetLine",
    "ClauseChoice",
    "ClauseName",
    "Communication",
    "Contact",
    "DataOrigin",
    "DataResponsibility",
    "DeMinimisAid",
    "Decision",
    "DecisionMode",
    "Deficit",
    "DeficitBearer",
    "Definition",
    "Dispute",
    "DisputeForm",
    "DisputeStep",
    "Economy",
    "Entry",
    "Evaluation",
    "Examination",
    "Exemption",
    "Extension",
    "Field",
    "FollowUp",
    "FormChoice",
    "Goals",
    "GrantsAllowed",
    "Group",
    "GroupKind",
    "IndexMethod",
    "Indexation",
    "Initiative",
    "Insats",
    "InsatsFrame",
    "Instalment",
    "Interval",
    "Knowledge",
    "KnowledgeGathering",
    "LearningGoal",
    "LegalAssessment",
    "LintNotes",
    "Member",
    "Organisation",
    "OtherGrants",
    "Outcome",
    "OutcomeContract",
    "OutcomeLevel",
    "OwnClause",
    "OwnSection",
    "PaidWhen",
    "Party",
    "PartyKind",
    "PartyRef",
    "Payment",
    "PersonalData",
    "PoliticalMandate",
    "Principle",
    "PublicVoice",
    "RelatedAgreement",
    "Relations",
    "Remedy",
    "Renegotiation",
    "Reporting",
    "Resource",
    "ResourceKind",
    "Responsibility",
    "Rounding",
    "SectionName",
    "SideAgreement",
    "Signatory",
    "Signing",
    "SigningForm",
    "SpecialTerms",
    "StandardTerm",
    "Status",
    "StatutoryService",
    "SubGoal",
    "Surplus",
    "SurplusUse",
    "TargetGroup",
    "Term",
    "Termination",
    "Understanding",
    "ValueBase",
    "WindingUp",
    "Withdrawal",
    "Year",
]

describe_fields(one for name in __all__ if isinstance(one := globals()[name], type) and attrs.has(one))

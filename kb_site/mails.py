"""Every mail of the site, in one list. Each app composes its own in its mails.py: who receives it and when.

What a mail says is in templates/mails/<name>.html (docs/how-to/add-a-mail.md). The mails of sign-in (codes) are allauth's,
sent while the person waits: templates/account/email/.
"""

from exchange_groups import mails as groups
from exchange_groups.minutes import mails as minutes
from exchange_groups.sessions import mails as sessions
from kb_site.accounts import mails as members
from kb_site.health import mails as health
from kb_site.mailing.compose import Compose
from kb_site.notifications import mails as notifications
from practices.editorial.mails import experts, proposals, review
from practices.experiences import mails as experiences
from practices.lifecycle import mails as upkeep
from search.card_requests import mails as card_requests
from search.saved import mails as saved_searches

MAILS: dict[str, Compose] = {
    "account_to_approve": members.account_to_approve,
    "accounts_waiting": members.accounts_waiting,
    "account_approved": members.account_approved,
    "account_refused": members.account_refused,
    "structure_invitation": members.structure_invitation,
    "structure_left": members.structure_left,
    "referent_named": members.referent_named,
    "role_given": members.role_given,
    "passkeys_changed": members.passkeys_changed,
    "address_change_asked": members.address_change_asked,
    "address_given": members.address_given,
    "erasure_asked": members.erasure_asked,
    "inactivity_warning": members.inactivity_warning,
    "notifications_at_once": notifications.notifications_at_once,
    "notifications_of_the_day": notifications.notifications_of_the_day,
    "weekly_letter": notifications.weekly_letter,
    "reply_refused": notifications.reply_refused,
    "reply_without_files": notifications.reply_without_files,
    "reply_held": notifications.reply_held,
    "site_unwell": health.site_unwell,
    "pages_to_verify": upkeep.pages_to_verify,
    "facts_to_check": upkeep.facts_to_check,
    "card_to_review": review.card_to_review,
    "card_to_correct": review.card_to_correct,
    "word_to_author": review.word_to_author,
    "review_stopped": review.review_stopped,
    "refusal_answered": review.refusal_answered,
    "review_assigned": review.review_assigned,
    "review_remark": review.review_remark,
    "question_to_author": review.question_to_author,
    "question_answered": review.question_answered,
    "proposal_published": proposals.proposal_published,
    "experience_told": experiences.experience_told,
    "experience_invitation": experiences.experience_invitation,
    "group_asked": groups.group_asked,
    "group_asked_decided": groups.group_asked_decided,
    "group_request_decided": groups.group_request_decided,
    "group_member_removed": groups.group_member_removed,
    "group_invitation": groups.group_invitation,
    "group_without_facilitator": groups.group_without_facilitator,
    "group_opening_asked": groups.group_opening_asked,
    "group_facilitator_asked": groups.group_facilitator_asked,
    "group_decision_told": groups.group_decision_told,
    "topic_removed": groups.topic_removed,
    "question_moved": groups.question_moved,
    "session_poll": sessions.session_poll,
    "session_invitation": sessions.session_invitation,
    "session_place": sessions.session_place,
    "session_promoted": sessions.session_promoted,
    "session_reminder": sessions.session_reminder,
    "session_moved": sessions.session_moved,
    "session_cancelled": sessions.session_cancelled,
    "minutes_to_read": minutes.minutes_to_read,
    "amendment_decided": minutes.amendment_decided,
    "minutes_to_validate": minutes.minutes_to_validate,
    "action_due": minutes.action_due,
    "card_request_decided": card_requests.card_request_decided,
    "saved_search_alert": saved_searches.saved_search_alert,
    "expert_invitation": experts.expert_invitation,
    "expert_answered": experts.expert_answered,
}

"""Cards on their way out: each gets its ticket from the register, and says so on the paper."""

from collections import Counter
from dataclasses import replace

from geohazard_desktop.common.texts import _
from geohazard_desktop.publishing.cards.code import coded
from geohazard_desktop.publishing.cards.facts import CardFacts
from geohazard_desktop.publishing.cards.made import Made
from geohazard_desktop.publishing.issues.issuing import Issued, IssueDesk, Subject, Ticket
from geohazard_desktop.publishing.issues.kept_paper import Paper
from geohazard_desktop.publishing.issues.last_copies import last_copies
from geohazard_desktop.workspace.feature import Feature, Value

_TOLD = 8  # numbers in one sentence


class CardIssuing:
    """Issues the cards of one product. `changed_only`: those that say what they said last are left out. `as_last`: each
    in as many copies as the one that it takes the place of."""

    def __init__(self, desk: IssueDesk, facts: CardFacts, *, changed_only: bool = False, as_last: bool = False) -> None:
        self.desk = desk
        self._facts = facts
        self._changed_only = changed_only
        self.unchanged: list[str] = []  # uids that were left out
        self._again = 0
        self._as_last = as_last
        self._several: Counter[int] = Counter()  # cards by how many copies they had last
        self._unknown: list[str] = []  # numbers of cards of which nobody knows how many they were

    def take(self, feature: Feature, card: Made) -> tuple[Made, Issued] | None:
        """The card as it is to be set; None where it is not to be printed."""
        plain = card.paper if self.desk.enabled or self._changed_only else paper_of(card)
        if self._changed_only and self.desk.unchanged(feature.uid, plain) is not None:
            self.unchanged.append(feature.uid)
            return None
        if self._as_last:
            card = self._in_copies(feature, card)
        subject = card_subject(self._facts, feature, card)
        issued = self.desk.take(subject, plain, lambda ticket: paper_of(with_ticket(card, ticket)))
        self._again += issued.again
        return coded(card) if issued.ticket is None else with_ticket(card, issued.ticket), issued

    def _in_copies(self, feature: Feature, card: Made) -> Made:
        copies = last_copies(self.desk.ws, self.desk.register.latest(self.desk.product, feature.uid))
        if copies is None:
            self._unknown.append(feature.text("id") or feature.uid[:8])
            return card
        if copies > 1:
            self._several[copies] += 1
        return card.with_copies(copies)

    def notes(self) -> list[str]:
        notes = [
            _("{count} 张上次发的是一式 {copies} 份，这次各出 {copies} 份，请连村里、单位留的一起换。").format(
                count=count, copies=copies
            )
            for copies, count in sorted(self._several.items())
        ]
        if self._unknown:
            told = "、".join(self._unknown[:_TOLD]) + (_("等") if len(self._unknown) > _TOLD else "")
            words = _("{count} 张上次发了几份没有留下记录，这次各出一份：{numbers}。要三份的，请在“份数”里选。")
            notes.append(words.format(count=len(self._unknown), numbers=told))
        if self.unchanged:
            notes.append(_("{count} 张与上次发的一样，没有再出。").format(count=len(self.unchanged)))
        if self._again:
            notes.append(_("{count} 张与上次发的一样，照原样重印，核对码不变。").format(count=self._again))
        if self.desk.ws.read_only:
            notes.append(_("工作文件只能读，没有登记发卡，卡上没有核对码。要正式发放，请在能写的文件里再出一次。"))
        return notes


def with_ticket(card: Made, ticket: Ticket) -> Made:
    """The card that says which issue it is."""
    issue = replace(
        card.form.issue,
        version=ticket.version,
        issued_on=ticket.issued_on,
        check_code=ticket.code,
        replaces=ticket.replaces or None,
    )
    return coded(card.with_issue(issue))


def paper_of(card: Made) -> Paper:
    return Paper(card.template, card.data, card.images, card.title, shows=card.shows)


def card_subject(facts: CardFacts, feature: Feature, card: Made) -> Subject:
    """Who the card is for, as the register keeps it."""
    if feature.layer == "household":
        zone = facts.zone_of(feature)
        hazard = facts.hazard_of(feature, zone)
        holder, phone = feature.text("head"), feature.text("phone")
    else:
        zone, hazard = facts.zone_of_point(feature), feature
        holder = phone = ""
    refers: dict[str, Value] = {**card.leads, feature.layer: feature.uid}
    if hazard is not None:
        refers["hazard_point"] = hazard.uid
    if zone is not None:
        refers["danger_zone"] = zone.uid
    number = card.form.card_number
    return Subject(
        feature.layer,
        feature.uid,
        number=number if isinstance(number, str) else "",
        name=feature.text("id"),
        subdistrict=feature.text("subdistrict"),
        holder=holder,
        holder_phone=phone,
        refers=refers,
    )

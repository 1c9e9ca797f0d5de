"""The agreement that the project shows first: small, with something of most kinds."""

SAMPLE = """\
format: 1
titel: Trygga kvällar i Norrby
parter:
  - namn: Exempelstads kommun
    typ: kommun
    enheter: [Socialnämnden]
    organisationsnummer: 212000-0001
    diarienummer: KS 2026/123
    kallas: kommunen
  - namn: Föreningen Kvällsvandrarna
    typ: ideell förening
    organisationsnummer: 802000-0009
    kallas: föreningen
mål:
  syfte: Parterna vill att unga i Norrby ska känna sig trygga ute på kvällen.
  målgrupp: {beskrivning: Unga i Norrby, åldrar: [barn och unga vuxna], antal: 400}
ekonomi:
  resurser:
    - {part: kommunen, slag: kontanta medel, år: 2027, belopp: 900 000 kr}
    - {part: föreningen, slag: ideellt arbete, år: 2027, timmar: 1200, värde: 240 000 kr}
  utbetalningar:
    - {belopp: 225 000 kr, senast: 2027-01-31, från: kommunen, till: föreningen}
  överskott: {hantering: återinvesteras}
avtalstid:
  start: 2027-01-01
  slut: 2029-12-31
  uppsägningstid: 6 månader
  förlängning: {antal: 2, längd: 12 månader, förhandlas_senast: 6 månader före}
"""

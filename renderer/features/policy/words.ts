import type { WordTable } from '../../words/words.ts';
import { placeTitles } from '../place-titles.ts';

export const policyWords = {
  title: placeTitles.policy,
  lead: {
    en: 'The rules by which this station lets an update begin. They are checked again before each one.',
    de: 'Die Regeln, nach denen diese Station eine Aktualisierung beginnen lässt. Sie werden vor jeder neu geprüft.',
  },
  loading: { en: 'Asking the station…', de: 'Die Station wird gefragt …' },
  empty: { en: 'No policy is in force', de: 'Keine Richtlinie ist in Kraft' },
  emptyText: {
    en: 'The rules will stand here: who may approve, how many must, when updates may begin, and what a unit has to prove. Until there are some, no update begins.',
    de: 'Hier werden die Regeln stehen: wer freigeben darf, wie viele es müssen, wann aktualisiert werden darf und was ein Gerät beweisen muss. Solange es keine gibt, beginnt keine Aktualisierung.',
  },
  rulesFor: { en: 'Rules for', de: 'Regeln für' },
  everyProduct: { en: 'every product without its own', de: 'jedes Produkt ohne eigene' },
  inForceSince: { en: 'In force since', de: 'In Kraft seit' },
  by: { en: 'Put in force by', de: 'In Kraft gesetzt von' },
  byStation: { en: 'the station, when it was set up', de: 'der Station, bei ihrer Einrichtung' },
  digest: { en: 'SHA-256', de: 'SHA-256' },
  versions: { en: 'Earlier versions', de: 'Frühere Versionen' },
  noVersions: {
    en: 'None: these are the first rules of this station.',
    de: 'Keine: Dies sind die ersten Regeln dieser Station.',
  },
  versionOf: { en: 'Read the rules of {time}', de: 'Lesen: Regeln vom {time}' },
  openVersion: { en: 'Read', de: 'Lesen' },
  versionTitle: { en: 'Earlier rules', de: 'Frühere Regeln' },
  putBack: { en: 'Compare and put back', de: 'Vergleichen und zurückholen' },
  putBackText: {
    en: 'You first see what would change against today’s rules. They come back as a new version, signed like any other.',
    de: 'Sie sehen zuerst, was sich gegenüber heute ändern würde. Sie kommen als neue Version zurück, unterschrieben wie jede andere.',
  },
  checkDraft: { en: 'Check a draft', de: 'Entwurf prüfen' },
  dropHere: { en: 'Drop a draft to check it', de: 'Entwurf zum Prüfen hier ablegen' },
  chooseOther: { en: 'Choose another file', de: 'Andere Datei wählen' },
  draftTitle: { en: 'Draft of the rules', de: 'Entwurf der Regeln' },
  draftLead: {
    en: 'Nothing has changed yet. The rules below take effect once an administrator has signed them.',
    de: 'Noch hat sich nichts geändert. Die Regeln unten gelten erst, wenn ein Administrator sie unterschrieben hat.',
  },
  noDraft: { en: 'No draft is open', de: 'Kein Entwurf ist geöffnet' },
  noDraftText: {
    en: 'A draft is a policy file (JSON). Whoever may read the rules can check one; it shows rule by rule what would change.',
    de: 'Ein Entwurf ist eine Richtliniendatei (JSON). Wer die Regeln lesen darf, darf ihn prüfen; er zeigt Regel für Regel, was sich ändern würde.',
  },
  backToRules: { en: 'Back', de: 'Zurück' },
  discard: { en: 'Discard draft', de: 'Entwurf verwerfen' },
  from: { en: 'From', de: 'Aus' },
  fromVersion: { en: 'an earlier version of this station', de: 'einer früheren Version dieser Station' },
  against: { en: 'Compared with', de: 'Verglichen mit' },
  againstNothing: { en: 'nothing: there are no rules yet', de: 'nichts: Es gibt noch keine Regeln' },
  againstOwn: { en: 'the rules in force for {product}', de: 'den geltenden Regeln für {product}' },
  againstGeneral: {
    en: 'the rules in force for every product without its own',
    de: 'den geltenden Regeln für jedes Produkt ohne eigene',
  },
  weaker: { en: 'Weaker', de: 'Schwächer' },
  stricter: { en: 'Stricter', de: 'Strenger' },
  other: { en: 'Different', de: 'Anders' },
  same: { en: 'Unchanged', de: 'Unverändert' },
  before: { en: 'until now', de: 'bisher' },
  after: { en: 'then', de: 'dann' },
  weakerCount: {
    en: {
      one: '{count} rule becomes weaker: the station would let updates begin that it refuses today.',
      other: '{count} rules become weaker: the station would let updates begin that it refuses today.',
    },
    de: {
      one: '{count} Regel wird schwächer: Die Station ließe Aktualisierungen beginnen, die sie heute ablehnt.',
      other: '{count} Regeln werden schwächer: Die Station ließe Aktualisierungen beginnen, die sie heute ablehnt.',
    },
  },
  noneWeaker: { en: 'No rule becomes weaker.', de: 'Keine Regel wird schwächer.' },
  voids: {
    en: 'Approvals that were given under today’s rules no longer count; they have to be signed again.',
    de: 'Freigaben, die unter den heutigen Regeln gegeben wurden, zählen nicht mehr; sie müssen neu unterschrieben werden.',
  },
  nothingChanges: {
    en: 'These are the rules that are in force already. There is nothing to sign.',
    de: 'Diese Regeln gelten schon. Es gibt nichts zu unterschreiben.',
  },
  changes: { en: 'What changes', de: 'Was sich ändert' },
  stays: { en: 'What stays', de: 'Was bleibt' },
  sign: { en: 'Sign draft', de: 'Entwurf unterschreiben' },
  onlyAdministrator: {
    en: 'Only an administrator puts rules in force. You can check a draft and hand the file over.',
    de: 'Nur ein Administrator setzt Regeln in Kraft. Sie können einen Entwurf prüfen und die Datei weitergeben.',
  },
  signText: {
    en: 'You sign the digest {digest} and the reason. It takes effect at once, for updates that have not begun.',
    de: 'Sie unterschreiben den Digest {digest} und den Grund. Das gilt sofort, für Aktualisierungen, die noch nicht begonnen haben.',
  },
  reason: { en: 'Why the rules change', de: 'Warum sich die Regeln ändern' },
  reasonHint: {
    en: 'It stands in the audit log beside your signature.',
    de: 'Das steht neben Ihrer Unterschrift im Audit-Protokoll.',
  },
  installed: { en: 'The new rules are in force.', de: 'Die neuen Regeln sind in Kraft.' },
} as const satisfies WordTable;

import type { JobState } from '../../../contract/schema/update-job.ts';
import type { Words } from '../../words/words.ts';
import type { IdleState, NextAction } from './standing.ts';

/** The word of the mark of a place without a job. */
export const idleWords = {
  empty: { en: 'Empty', de: 'Leer' },
  unknown: { en: 'Not known', de: 'Unbekannt' },
  'no-serial': { en: 'No serial number', de: 'Keine Seriennummer' },
  'no-access': { en: 'Access denied', de: 'Kein Zugriff' },
  reading: { en: 'Being read', de: 'Wird gelesen' },
  unreadable: { en: 'Could not be read', de: 'Nicht lesbar' },
  'in-operation': { en: 'In operation', de: 'In Betrieb' },
  ready: { en: 'Ready', de: 'Bereit' },
  'nothing-newer': { en: 'Up to date', de: 'Aktuell' },
  unanswered: { en: 'Cannot be judged', de: 'Nicht zu beurteilen' },
  'no-bundle': { en: 'No bundle', de: 'Kein Bundle' },
  'other-hardware': { en: 'No bundle fits', de: 'Kein Bundle passt' },
  expired: { en: 'Bundle expired', de: 'Bundle abgelaufen' },
  'no-policy': { en: 'No policy', de: 'Keine Richtlinie' },
  'other-work-order': { en: 'Other work order', de: 'Anderer Arbeitsauftrag' },
  unapproved: { en: 'Waits for approval', de: 'Wartet auf Freigabe' },
  'approval-ended': { en: 'Approval ended', de: 'Freigabe abgelaufen' },
} as const satisfies Readonly<Record<IdleState, Words>>;

/** What it means, and what to do. Those with arguments are said by describe.ts. */
export const idleSentences = {
  empty: { en: 'Plug a unit in here.', de: 'Stecken Sie hier ein Gerät an.' },
  unknown: {
    en: 'No device profile of this station knows it. It is left alone.',
    de: 'Kein Geräteprofil dieser Station kennt es. Es wird in Ruhe gelassen.',
  },
  'no-serial': {
    en: 'A job is bound to a serial number, and this unit gives none. Ask its vendor for one.',
    de: 'Ein Auftrag gehört zu einer Seriennummer, und dieses Gerät nennt keine. Fragen Sie den Hersteller.',
  },
  'no-access': {
    en: 'The system does not let Drydock open this unit. Nothing was done to it.',
    de: 'Das System lässt Drydock dieses Gerät nicht öffnen. Es wurde nichts daran getan.',
  },
  reading: {
    en: 'The unit is asked what it is and what it runs.',
    de: 'Das Gerät wird gefragt, was es ist und was darauf läuft.',
  },
  unreadable: {
    en: 'The unit did not say what it runs. Nothing was changed.',
    de: 'Das Gerät hat nicht gesagt, was darauf läuft. Nichts wurde geändert.',
  },
  'in-operation': {
    en: 'It tells what it runs only when it is out of operation. It keeps working until you have it read.',
    de: 'Es sagt nur außer Betrieb, was darauf läuft. Es arbeitet weiter, bis Sie es lesen lassen.',
  },
  unanswered: {
    en: 'The station does not say what may be installed here. Why stands above the places; the unit can stay.',
    de: 'Die Station sagt nicht, was hier installiert werden darf. Warum, steht über den Plätzen; das Gerät kann bleiben.',
  },
  'no-bundle': {
    en: 'No bundle for this product was imported. Import one under Bundles.',
    de: 'Für dieses Produkt wurde kein Bundle importiert. Importieren Sie eines unter Bundles.',
  },
  'other-hardware': {
    en: 'The bundles for this product are made for other hardware. Ask the vendor for one that fits.',
    de: 'Die Bundles für dieses Produkt sind für andere Hardware. Fragen Sie den Hersteller nach einem passenden.',
  },
} as const satisfies Readonly<Record<string, Words>>;

export const choiceSentences = {
  ready: {
    en: '{product} {release} is approved for this unit.',
    de: '{product} {release} ist für dieses Gerät freigegeben.',
  },
  recovery: {
    en: 'No firmware can be read. {product} {release} is approved to recover it.',
    de: 'Keine Firmware lesbar. {product} {release} ist zur Wiederherstellung freigegeben.',
  },
  newest: {
    en: '{release} is the newest bundle here, and the unit has it or a newer one.',
    de: '{release} ist das neueste Bundle hier, und das Gerät hat es oder ein neueres.',
  },
  expired: {
    en: '{release} has expired. Ask the vendor for a newly signed bundle.',
    de: '{release} ist abgelaufen. Bitten Sie den Hersteller um ein neu unterschriebenes Bundle.',
  },
  noPolicy: {
    en: 'No policy says who approves {release}. Ask an administrator to put one in force.',
    de: 'Keine Richtlinie sagt, wer {release} freigibt. Bitten Sie einen Administrator, eine in Kraft zu setzen.',
  },
  otherWorkOrder: {
    en: '{release} is approved under work order {workOrder} only. Scan that work order.',
    de: '{release} ist nur unter dem Arbeitsauftrag {workOrder} freigegeben. Scannen Sie diesen.',
  },
  unapproved: {
    en: '{release} has {given} of {required} approvals. Ask an approver to sign it.',
    de: '{release} hat {given} von {required} Freigaben. Bitten Sie einen Freigeber zu unterschreiben.',
  },
  approvalEnded: {
    en: '{release} has {given} of {required} approvals: one that was given has ended. Ask an approver to sign again.',
    de: '{release} hat {given} von {required} Freigaben: Eine, die gegeben war, ist abgelaufen. Bitten Sie einen Freigeber, neu zu unterschreiben.',
  },
  mayNot: {
    en: 'Your roles do not allow you to start updates; a technician can.',
    de: 'Ihre Rollen erlauben das Starten nicht; ein Techniker darf es.',
  },
} as const satisfies Readonly<Record<string, Words>>;

/** What happened, or happens, to the unit of a job. */
export const jobSentences = {
  created: {
    en: 'The station checks unit, bundle and approvals. Nothing was written yet.',
    de: 'Die Station prüft Gerät, Bundle und Freigaben. Noch wurde nichts geschrieben.',
  },
  ready: {
    en: 'All checks passed. Nothing was written yet.',
    de: 'Alle Prüfungen bestanden. Noch wurde nichts geschrieben.',
  },
  staging: {
    en: 'The new firmware goes to the staging slot; the unit still runs its old one.',
    de: 'Die neue Firmware geht in den freien Speicherbereich; das Gerät läuft noch mit der alten.',
  },
  staged: {
    en: 'The new firmware is in the staging slot, compared byte for byte.',
    de: 'Die neue Firmware liegt im freien Speicherbereich, Byte für Byte verglichen.',
  },
  activating: {
    en: 'The unit restarts with its new firmware. It leaves the bench for a moment.',
    de: 'Das Gerät startet mit der neuen Firmware. Es verschwindet kurz von der Werkbank.',
  },
  testing: {
    en: 'The unit runs its new firmware on trial and tests itself.',
    de: 'Das Gerät läuft auf Probe mit der neuen Firmware und testet sich.',
  },
  confirming: {
    en: 'The self-test passed. The new firmware is made permanent.',
    de: 'Der Selbsttest ist bestanden. Die neue Firmware wird dauerhaft.',
  },
  reverting: { en: 'The old firmware is put back.', de: 'Die alte Firmware wird zurückgespielt.' },
  confirmed: {
    en: 'The unit runs its new firmware, and it is permanent.',
    de: 'Das Gerät läuft dauerhaft mit der neuen Firmware.',
  },
  reverted: { en: 'The unit went back to its old firmware.', de: 'Das Gerät läuft wieder mit der alten Firmware.' },
  indeterminate: {
    en: 'Nobody knows which firmware the unit runs. Leave it plugged in.',
    de: 'Niemand weiß, welche Firmware auf dem Gerät läuft. Lassen Sie es angesteckt.',
  },
  refused: {
    en: 'Nothing was written to the unit; it runs its old firmware.',
    de: 'Auf das Gerät wurde nichts geschrieben; es läuft mit der alten Firmware.',
  },
  failed: {
    en: 'The firmware that ran before was not replaced.',
    de: 'Die bisherige Firmware wurde nicht ersetzt.',
  },
  cancelled: {
    en: 'Cancelled before activation; the unit runs its old firmware.',
    de: 'Vor der Aktivierung abgebrochen; das Gerät läuft mit der alten Firmware.',
  },
  abandoned: {
    en: 'Nobody knows what the unit runs. It is out of service until it has been examined.',
    de: 'Niemand weiß, was auf dem Gerät läuft. Es ist außer Betrieb, bis es untersucht ist.',
  },
} as const satisfies Readonly<Record<JobState, Words>>;

export const standingWords = {
  nothingWritten: { en: 'Nothing was written to the unit.', de: 'Auf das Gerät wurde nichts geschrieben.' },
  keptUnproven: {
    en: 'The unit keeps its new firmware, which is not proven.',
    de: 'Das Gerät behält seine neue Firmware, die nicht bewiesen ist.',
  },
  needsYou: { en: 'Needs you', de: 'Wartet auf Sie' },
  interrupted: { en: 'Interrupted', de: 'Unterbrochen' },
  interruptedText: {
    en: 'Nobody is working on this job now. It goes on where it stopped.',
    de: 'An diesem Auftrag arbeitet gerade niemand. Er geht dort weiter, wo er stehen blieb.',
  },
  recoveryFailed: {
    en: 'Do not rely on the firmware of this unit.',
    de: 'Verlassen Sie sich nicht auf diese Firmware.',
  },
} as const satisfies Readonly<Record<string, Words>>;

export const actionWords = {
  start: { en: 'Start update', de: 'Aktualisieren' },
  'start-again': { en: 'Start update again', de: 'Erneut aktualisieren' },
  resume: { en: 'Resume update', de: 'Fortsetzen' },
  'show-job': { en: 'Show the job', de: 'Auftrag zeigen' },
  'show-unit': { en: 'Show the unit', de: 'Gerät zeigen' },
  'read-stopped': { en: 'Stop and read…', de: 'Anhalten und lesen…' },
  'read-again': { en: 'Read again', de: 'Noch einmal lesen' },
} as const satisfies Readonly<Record<NextAction, Words>>;

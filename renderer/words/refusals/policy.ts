import type { Words } from '../words.ts';
import type { RefusalTable } from './refusal-table.ts';

const askApprover: Words = {
  en: 'Ask an approver to sign for this unit and work order.',
  de: 'Bitten Sie eine freigebende Person, für dieses Gerät und diesen Auftrag zu unterschreiben.',
};
const signAnew: Words = { en: 'It has to be signed anew.', de: 'Sie muss neu unterschrieben werden.' };
const somebodyElse: Words = {
  en: 'Somebody else has to do it.',
  de: 'Jemand anderes muss es tun.',
};
const askAdministrator: Words = { en: 'Ask an administrator.', de: 'Fragen Sie die Administration.' };
const askBack: Words = {
  en: 'To go back all the same, open the unit’s details and ask for approval of the older release.',
  de: 'Soll es trotzdem zurückgehen, öffnen Sie die Einzelheiten und bitten um Freigabe des älteren Stands.',
};
const notCounted: Words = { en: 'An approval does not count', de: 'Eine Freigabe zählt nicht' };
const notWellFormed: Words = { en: 'The request is not complete', de: 'Der Antrag ist nicht vollständig' };
const checkFields: Words = { en: 'Look at the fields again.', de: 'Sehen Sie die Felder noch einmal an.' };

export const policyRefusals = {
  'policy.document-invalid': {
    title: { en: 'The policy does not have its form', de: 'Die Richtlinie hat nicht ihre Form' },
    next: checkFields,
  },
  'policy.draft-changed': {
    title: { en: 'The draft has changed meanwhile', de: 'Der Entwurf hat sich inzwischen geändert' },
    next: {
      en: 'Look at it again, then install it.',
      de: 'Sehen Sie ihn noch einmal an und setzen Sie ihn dann in Kraft.',
    },
  },
  'policy.missing': {
    title: { en: 'There is no policy for this product', de: 'Für dieses Produkt gibt es keine Richtlinie' },
    next: askAdministrator,
  },
  'policy.approvals-missing': {
    title: { en: 'Approvals are missing', de: 'Es fehlen Freigaben' },
    next: askApprover,
  },
  'policy.approval-malformed': { title: notCounted, next: signAnew },
  'policy.approval-signature-invalid': { title: notCounted, next: askAdministrator },
  'policy.approval-key-unknown': { title: notCounted, next: signAnew },
  'policy.approval-expired': {
    title: { en: 'The approval has expired', de: 'Die Freigabe ist abgelaufen' },
    next: signAnew,
  },
  'policy.approval-not-yet-valid': {
    title: { en: 'The approval comes from the future', de: 'Die Freigabe kommt aus der Zukunft' },
    next: {
      en: 'Compare this machine’s clock with a watch.',
      de: 'Vergleichen Sie die Uhr dieses Rechners mit einer anderen.',
    },
  },
  'policy.approval-policy-changed': {
    title: { en: 'The policy has changed since the approval', de: 'Die Richtlinie ist seit der Freigabe eine andere' },
    next: signAnew,
  },
  'policy.approval-withdrawn': {
    title: { en: 'The approval was taken back', de: 'Die Freigabe wurde zurückgenommen' },
    next: askApprover,
  },
  'policy.approval-unknown': {
    title: { en: 'There is no such approval', de: 'Diese Freigabe gibt es nicht' },
    next: checkFields,
  },
  'policy.approval-not-own': {
    title: { en: 'The approval is not yours', de: 'Die Freigabe ist nicht Ihre' },
    next: somebodyElse,
  },
  'policy.approver-signed': {
    title: { en: 'You have signed already', de: 'Sie haben schon unterschrieben' },
    next: somebodyElse,
  },
  'policy.approval-out-of-scope': {
    title: {
      en: 'The approval is for other units or work orders',
      de: 'Die Freigabe gilt für andere Geräte oder Aufträge',
    },
    next: askApprover,
  },
  'policy.approver-not-allowed': {
    title: { en: 'The approver may not approve', de: 'Wer freigab, darf es nicht' },
    next: somebodyElse,
  },
  'policy.approver-executes': {
    title: { en: 'Who approved it may not install it', de: 'Wer freigegeben hat, darf nicht installieren' },
    next: somebodyElse,
  },
  'policy.approver-imported': {
    title: { en: 'Who imported it may not approve it', de: 'Wer importiert hat, darf nicht freigeben' },
    next: somebodyElse,
  },
  'policy.reason-code-missing': {
    title: { en: 'The approval needs a reason code', de: 'Die Freigabe braucht einen Grund-Code' },
    next: checkFields,
  },
  'policy.request-invalid': { title: notWellFormed, next: checkFields },
  'policy.executor-not-allowed': {
    title: { en: 'You may not install for this product', de: 'Sie dürfen für dieses Produkt nicht installieren' },
    next: somebodyElse,
  },
  'policy.outside-window': {
    title: { en: 'This is outside of the update window', de: 'Das ist außerhalb der Zeit für Aktualisierungen' },
    next: {
      en: 'Start inside the window that the policy gives.',
      de: 'Starten Sie in der Zeit, die die Richtlinie erlaubt.',
    },
  },
  'policy.downgrade': {
    title: { en: 'The bundle is older than what runs', de: 'Das Paket ist älter als das, was läuft' },
    next: askBack,
  },
  'policy.same-version': {
    title: { en: 'The unit has this version already', de: 'Das Gerät hat diese Version schon' },
    next: { en: 'Nothing is to be done.', de: 'Es ist nichts zu tun.' },
  },
  'policy.downgrade-history': {
    title: { en: 'A newer version was confirmed before', de: 'Eine neuere Version war schon bestätigt' },
    next: askBack,
  },
  'policy.version-unknown': {
    title: { en: 'The unit’s version cannot be read', de: 'Die Version des Geräts ist nicht lesbar' },
    next: {
      en: 'Ask an approver to approve a recovery.',
      de: 'Bitten Sie eine freigebende Person um die Freigabe einer Wiederherstellung.',
    },
  },
  'policy.permit-mismatch': {
    title: { en: 'The approval of the older release does not fit', de: 'Die Freigabe des älteren Stands passt nicht' },
    next: {
      en: 'Compare unit and versions in the details, and ask for a new approval.',
      de: 'Vergleichen Sie Gerät und Versionen in den Einzelheiten und bitten Sie um eine neue Freigabe.',
    },
  },
} as const satisfies RefusalTable;

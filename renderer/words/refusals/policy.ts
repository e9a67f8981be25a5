import type { policyErrors } from '../../../contract/error-code/policy.ts';
import type { Words } from '../words.ts';
import { nextSteps } from './next-steps.ts';
import type { RefusalTable, RefusalWords } from './refusal-table.ts';

const approvalForged: RefusalWords = {
  title: {
    en: 'An approval is not what its signer signed',
    de: 'Eine Freigabe ist nicht das, was unterschrieben wurde',
  },
  next: {
    en: 'It does not count and nothing was written. Have it signed again, and tell an administrator.',
    de: 'Sie zählt nicht, und es wurde nichts geschrieben. Lassen Sie neu unterschreiben und sagen Sie es einem Administrator.',
  },
};
const olderVersion: Words = {
  en: 'The bundle would go back to an older version',
  de: 'Das Bundle würde zu einer älteren Version zurückführen',
};
const askForDowngrade: Words = {
  en: 'Nothing was written. Choose a newer bundle, or ask for an approval of the downgrade.',
  de: 'Es wurde nichts geschrieben. Wählen Sie ein neueres Bundle, oder bitten Sie um die Freigabe der Rückstufung.',
};
const somebodyElse: Words = {
  en: 'Ask somebody else who may approve.',
  de: 'Bitten Sie jemand anderen mit Freigaberecht.',
};

export const policyRefusals = {
  'policy.document-invalid': {
    title: {
      en: 'The policy does not have its documented form',
      de: 'Die Richtlinie hat nicht die dokumentierte Form',
    },
    next: nextSteps.correctInput,
  },
  'policy.draft-changed': {
    title: { en: 'The policy is not the one that was shown', de: 'Die Richtlinie ist nicht die gezeigte' },
    next: {
      en: 'Nothing was changed. Look at its differences again, then put it in force.',
      de: 'Nichts wurde geändert. Sehen Sie sich die Unterschiede noch einmal an, dann setzen Sie sie in Kraft.',
    },
  },
  'policy.not-installed': {
    title: { en: 'This version was never in force here', de: 'Diese Version war hier nie in Kraft' },
    next: {
      en: 'Choose one from the list of earlier versions.',
      de: 'Wählen Sie eine aus der Liste der früheren Versionen.',
    },
  },
  'policy.missing': {
    title: { en: 'There is no policy for this product', de: 'Für dieses Produkt gibt es keine Richtlinie' },
    next: {
      en: 'Nothing is updated without one. Ask an administrator to put one in force.',
      de: 'Ohne sie wird nichts aktualisiert. Bitten Sie einen Administrator, eine in Kraft zu setzen.',
    },
  },
  'policy.approvals-missing': {
    title: { en: 'Approvals are missing', de: 'Es fehlen Freigaben' },
    next: nextSteps.askForApproval,
  },
  'policy.approval-malformed': approvalForged,
  'policy.approval-signature-invalid': approvalForged,
  'policy.approval-key-unknown': {
    title: {
      en: 'An approval is signed with a key that its signer no longer has',
      de: 'Eine Freigabe ist mit einem Schlüssel unterschrieben, der nicht mehr gilt',
    },
    next: nextSteps.askForApproval,
  },
  'policy.approval-expired': {
    title: { en: 'The approval has expired', de: 'Die Freigabe ist abgelaufen' },
    next: nextSteps.askForApproval,
  },
  'policy.approval-not-yet-valid': {
    title: { en: 'The approval is dated in the future', de: 'Die Freigabe ist auf die Zukunft datiert' },
    next: {
      en: 'Nothing was written. Compare this machine’s clock with a watch.',
      de: 'Es wurde nichts geschrieben. Vergleichen Sie die Uhr dieses Rechners mit einer anderen.',
    },
  },
  'policy.approval-policy-changed': {
    title: { en: 'The approval was given under another policy', de: 'Die Freigabe gilt für eine andere Richtlinie' },
    next: nextSteps.askForApproval,
  },
  'policy.approval-withdrawn': {
    title: { en: 'The approval was withdrawn', de: 'Die Freigabe wurde zurückgenommen' },
    next: nextSteps.askForApproval,
  },
  'policy.approval-unknown': {
    title: { en: 'This station has no such approval', de: 'Diese Station hat diese Freigabe nicht' },
    next: nextSteps.lookAgain,
  },
  'policy.approval-not-own': {
    title: { en: 'This approval is somebody else’s', de: 'Diese Freigabe ist von jemand anderem' },
    next: {
      en: 'Only its signer can withdraw it. If that person has left, an administrator disables the account.',
      de: 'Nur wer sie gab, kann sie zurücknehmen. Ist die Person nicht mehr da, legt ein Administrator das Konto still.',
    },
  },
  'policy.approver-signed': {
    title: { en: 'You have approved this already', de: 'Sie haben das schon freigegeben' },
    next: somebodyElse,
  },
  'policy.approval-out-of-scope': {
    title: {
      en: 'The approval is not for this unit or work order',
      de: 'Die Freigabe gilt nicht für dieses Gerät oder diesen Arbeitsauftrag',
    },
    next: nextSteps.askForApproval,
  },
  'policy.approver-not-allowed': {
    title: {
      en: 'The signer may not approve for this product',
      de: 'Wer unterschrieb, darf für dieses Produkt nicht freigeben',
    },
    next: somebodyElse,
  },
  'policy.approver-executes': {
    title: {
      en: 'Whoever approved may not carry out the update as well',
      de: 'Wer freigab, darf die Aktualisierung nicht auch ausführen',
    },
    next: {
      en: 'Nothing was written. Somebody else starts the update, or approves it.',
      de: 'Es wurde nichts geschrieben. Jemand anders beginnt die Aktualisierung oder gibt sie frei.',
    },
  },
  'policy.approver-imported': {
    title: {
      en: 'Whoever imported the bundle may not approve it',
      de: 'Wer das Bundle importierte, darf es nicht freigeben',
    },
    next: somebodyElse,
  },
  'policy.reason-code-missing': {
    title: {
      en: 'The approval gives no reason that the policy knows',
      de: 'Die Freigabe nennt keinen Grund, den die Richtlinie kennt',
    },
    next: {
      en: 'Choose one of the reasons and sign again.',
      de: 'Wählen Sie einen der Gründe und unterschreiben Sie noch einmal.',
    },
  },
  'policy.request-invalid': {
    title: { en: 'This cannot be approved like this', de: 'So lässt sich das nicht freigeben' },
    next: nextSteps.correctInput,
  },
  'policy.executor-not-allowed': {
    title: {
      en: 'Your roles may not update this product',
      de: 'Ihre Rollen dürfen dieses Produkt nicht aktualisieren',
    },
    next: {
      en: 'Nothing was written. Ask somebody with one of the roles in the text.',
      de: 'Es wurde nichts geschrieben. Bitten Sie jemanden mit einer der Rollen im Text.',
    },
  },
  'policy.outside-window': {
    title: { en: 'Updates may not begin at this time', de: 'Zu dieser Zeit darf keine Aktualisierung beginnen' },
    next: {
      en: 'Nothing was written. Start when the next window opens.',
      de: 'Es wurde nichts geschrieben. Beginnen Sie, wenn das nächste Zeitfenster öffnet.',
    },
  },
  'policy.downgrade': { title: olderVersion, next: askForDowngrade },
  'policy.same-version': {
    title: { en: 'The unit has this version already', de: 'Das Gerät hat diese Version schon' },
    next: {
      en: 'Nothing was written; there is nothing to do.',
      de: 'Es wurde nichts geschrieben; es ist nichts zu tun.',
    },
  },
  'policy.downgrade-history': { title: olderVersion, next: askForDowngrade },
  'policy.version-unknown': {
    title: { en: 'Nobody knows which version the unit has', de: 'Es ist unbekannt, welche Version das Gerät hat' },
    next: {
      en: 'Nothing was written. Ask for an approval of a recovery.',
      de: 'Es wurde nichts geschrieben. Bitten Sie um die Freigabe einer Wiederherstellung.',
    },
  },
  'policy.permit-mismatch': {
    title: { en: 'The approved downgrade is not this one', de: 'Die freigegebene Rückstufung ist nicht diese' },
    next: nextSteps.askForApproval,
  },
} as const satisfies RefusalTable<keyof typeof policyErrors>;

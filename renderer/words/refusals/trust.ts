import type { trustErrors } from '../../../contract/error-code/trust.ts';
import { certificateRefusals } from './certificate.ts';
import { nextSteps } from './next-steps.ts';
import type { RefusalTable } from './refusal-table.ts';
import { signatureRefusals } from './signature.ts';
import { trustPackageRefusals } from './trust-package.ts';

/** What the station trusts, and its clock. */
export const trustRefusals = {
  ...certificateRefusals,
  ...signatureRefusals,
  ...trustPackageRefusals,
  'trust.fingerprint-mismatch': {
    title: { en: 'This is not the file that its owner means', de: 'Das ist nicht die Datei, die ihr Besitzer meint' },
    next: {
      en: 'Nothing was pinned. Call the vendor on a number that you know, and compare again.',
      de: 'Nichts wurde verankert. Rufen Sie den Hersteller unter einer bekannten Nummer an und vergleichen Sie noch einmal.',
    },
  },
  'trust.anchor-not-root': {
    title: { en: 'This certificate is not a root', de: 'Dieses Zertifikat ist keine Wurzel' },
    next: {
      en: 'Ask the vendor for the root certificate above it.',
      de: 'Bitten Sie den Hersteller um das Wurzelzertifikat darüber.',
    },
  },
  'trust.pem-malformed': {
    title: {
      en: 'The file holds no certificate or public key',
      de: 'Die Datei enthält kein Zertifikat und keinen öffentlichen Schlüssel',
    },
    next: {
      en: 'Choose one file with one certificate or one public key. A private key never belongs on this station.',
      de: 'Wählen Sie eine Datei mit einem Zertifikat oder einem öffentlichen Schlüssel. Ein privater Schlüssel gehört nie auf diese Station.',
    },
  },
  'trust.expired': {
    title: { en: 'The certificate has expired', de: 'Das Zertifikat ist abgelaufen' },
    next: { en: 'Ask the vendor for the one that follows it.', de: 'Bitten Sie den Hersteller um das nachfolgende.' },
  },
  'trust.already-pinned': {
    title: { en: 'It is pinned already', de: 'Das ist schon verankert' },
    next: { en: 'Nothing was changed; there is nothing to do.', de: 'Nichts wurde geändert; es ist nichts zu tun.' },
  },
  'trust.crl-anchor-unknown': {
    title: {
      en: 'The list is not from anybody whom the station trusts',
      de: 'Die Liste stammt von niemandem, dem die Station vertraut',
    },
    next: {
      en: 'Nothing was changed. Pin the vendor’s root first, or choose the list of another CA.',
      de: 'Nichts wurde geändert. Verankern Sie zuerst die Wurzel des Herstellers, oder wählen Sie die Liste einer anderen CA.',
    },
  },
  'trust.crl-superseded': {
    title: { en: 'The station has this list or a newer one', de: 'Die Station hat diese Liste oder eine neuere' },
    next: { en: 'Nothing was changed; there is nothing to do.', de: 'Nichts wurde geändert; es ist nichts zu tun.' },
  },
  'trust.second-person': {
    title: { en: 'Somebody else has to approve it', de: 'Das muss jemand anders freigeben' },
    next: {
      en: 'You proposed this change. Ask an approver or another administrator.',
      de: 'Sie haben diese Änderung vorgeschlagen. Bitten Sie jemanden mit Freigaberecht oder einen anderen Administrator.',
    },
  },
  'trust.managed-by-package': {
    title: { en: 'A trust package decides this', de: 'Darüber bestimmt ein Vertrauenspaket' },
    next: {
      en: 'It changes with the vendor’s next package.',
      de: 'Das ändert sich mit dem nächsten Paket des Herstellers.',
    },
  },
  'trust.clock-jumped': {
    title: { en: 'The clock jumped ahead by more than a day', de: 'Die Uhr ist um mehr als einen Tag vorgesprungen' },
    next: {
      en: 'Compare it with another clock. An administrator vouches for it here, or corrects it on the machine.',
      de: 'Vergleichen Sie sie mit einer anderen Uhr. Ein Administrator bürgt hier für sie oder stellt sie am Rechner richtig.',
    },
  },
  'trust.clock-below-floor': {
    title: {
      en: 'The clock is behind what the station has seen',
      de: 'Die Uhr geht gegenüber dem nach, was die Station gesehen hat',
    },
    next: { en: 'Correct the clock of the machine.', de: 'Stellen Sie die Uhr des Rechners richtig.' },
  },
  'trust.clock-unreadable': {
    title: { en: 'The clock of the machine gives no date', de: 'Die Uhr des Rechners gibt kein Datum' },
    next: { en: 'Set date and time of the machine.', de: 'Stellen Sie Datum und Uhrzeit des Rechners.' },
  },
  'trust.fingerprint-malformed': {
    title: { en: 'This is not a whole fingerprint', de: 'Das ist kein vollständiger Fingerabdruck' },
    next: { en: 'Type all 64 digits of the SHA-256.', de: 'Tippen Sie alle 64 Stellen des SHA-256.' },
  },
  'trust.not-pinned': {
    title: { en: 'It is not pinned here', de: 'Das ist hier nicht verankert' },
    next: nextSteps.lookAgain,
  },
  'trust.label-invalid': {
    title: {
      en: 'The name or the products do not have the right form',
      de: 'Name oder Produkte haben nicht die richtige Form',
    },
    next: nextSteps.correctInput,
  },
  'trust.credentials-unreadable': {
    title: { en: 'The signing key cannot be opened', de: 'Der Signierschlüssel lässt sich nicht öffnen' },
    next: {
      en: 'Nothing was signed. Check the file and its password.',
      de: 'Nichts wurde unterschrieben. Prüfen Sie die Datei und ihr Passwort.',
    },
  },
  'trust.credentials-mismatch': {
    title: { en: 'Key and certificate do not belong together', de: 'Schlüssel und Zertifikat gehören nicht zusammen' },
    next: {
      en: 'Nothing was signed. Choose the certificate of this key.',
      de: 'Nichts wurde unterschrieben. Wählen Sie das Zertifikat dieses Schlüssels.',
    },
  },
} as const satisfies RefusalTable<keyof typeof trustErrors>;

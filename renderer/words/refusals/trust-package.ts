import type { trustErrors } from '../../../contract/error-code/trust.ts';
import type { Words } from '../words.ts';
import { nextSteps } from './next-steps.ts';
import type { RefusalTable } from './refusal-table.ts';

const askVendor: Words = {
  en: 'Trust stays as it is. Ask the vendor for the package with every signature.',
  de: 'Das Vertrauen bleibt, wie es ist. Bitten Sie den Hersteller um das Paket mit allen Unterschriften.',
};

/** A vendor's trust package; one that is refused changes nothing. */
export const trustPackageRefusals = {
  'trust.package-invalid': {
    title: { en: 'This is not a readable trust package', de: 'Das ist kein lesbares Vertrauenspaket' },
    next: nextSteps.askSender,
  },
  'trust.package-family': {
    title: {
      en: 'The trust package does not follow the one here',
      de: 'Das Vertrauenspaket schließt nicht an das hiesige an',
    },
    next: nextSteps.askSender,
  },
  'trust.package-version': {
    title: { en: 'The trust package is not the next version', de: 'Das Vertrauenspaket ist nicht die nächste Version' },
    next: {
      en: 'Trust stays as it is. Import the versions in between first.',
      de: 'Das Vertrauen bleibt, wie es ist. Importieren Sie zuerst die Versionen dazwischen.',
    },
  },
  'trust.package-time': {
    title: { en: 'The trust package is dated in the future', de: 'Das Vertrauenspaket ist auf die Zukunft datiert' },
    next: {
      en: 'Nothing was changed. Compare this machine’s clock with a watch.',
      de: 'Nichts wurde geändert. Vergleichen Sie die Uhr dieses Rechners mit einer anderen.',
    },
  },
  'trust.package-products': {
    title: {
      en: 'Somebody else is trusted for a product of this package',
      de: 'Für ein Produkt dieses Pakets wird jemand anderem vertraut',
    },
    next: nextSteps.askAdministrator,
  },
  'trust.package-signer': {
    title: {
      en: 'A signer of the package is under another CA',
      de: 'Ein Unterzeichner des Pakets steht unter einer anderen CA',
    },
    next: nextSteps.askSender,
  },
  'trust.package-old-threshold': {
    title: {
      en: 'Too few of those trusted so far have signed the package',
      de: 'Zu wenige, denen bisher vertraut wird, haben das Paket unterschrieben',
    },
    next: askVendor,
  },
  'trust.package-new-threshold': {
    title: {
      en: 'Too few of the new signers in the package have signed it',
      de: 'Zu wenige der neuen Unterzeichner im Paket haben es unterschrieben',
    },
    next: askVendor,
  },
  'trust.no-proposal': {
    title: { en: 'This change is not the one that was proposed', de: 'Diese Änderung ist nicht die vorgeschlagene' },
    next: nextSteps.lookAgain,
  },
} as const satisfies Partial<RefusalTable<keyof typeof trustErrors>>;

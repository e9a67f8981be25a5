import type { WordTable } from '../../words/words.ts';
import { placeTitles } from '../place-titles.ts';

export const bundlesWords = {
  title: placeTitles.bundles,
  lead: {
    en: 'Firmware that this station has verified and keeps. A file may be dropped anywhere on the window.',
    de: 'Firmware, die diese Station geprüft hat und aufbewahrt. Eine Datei darf überall auf dem Fenster abgelegt werden.',
  },
  empty: { en: 'No bundles yet', de: 'Noch keine Bundles' },
  emptyText: {
    en: 'Every firmware bundle that was imported and verified is listed here, with its signer and root. Choose the file that the vendor of the units sent you, or drop it anywhere on the window.',
    de: 'Hier steht jedes importierte und geprüfte Firmware-Bundle mit Unterzeichner und Wurzel. Wählen Sie die Datei, die der Hersteller der Geräte geschickt hat, oder legen Sie sie irgendwo auf dem Fenster ab.',
  },
  notYours: {
    en: 'With your roles you can read bundles but not import them. A technician can.',
    de: 'Mit Ihren Rollen können Sie Bundles ansehen, aber nicht importieren. Das kann ein Techniker.',
  },
  asking: { en: 'Asking the station for its bundles…', de: 'Die Station wird nach ihren Bundles gefragt …' },
  import: { en: 'Import bundle', de: 'Bundle importieren' },
  dropHere: {
    en: 'Drop to check and import. No unit is touched.',
    de: 'Ablegen zum Prüfen und Importieren. Kein Gerät wird berührt.',
  },
  importedNow: { en: '{name} was imported', de: '{name} wurde importiert' },
  refusedNow: { en: '{name} was not imported', de: '{name} wurde nicht importiert' },
  cancelledNow: {
    en: 'The import of {name} was cancelled; nothing of it was kept',
    de: 'Der Import von {name} wurde abgebrochen; nichts davon wurde behalten',
  },
  alreadyPresent: {
    en: 'This bundle was here already. It was checked again and passed; nothing was changed.',
    de: 'Dieses Bundle war schon da. Es wurde noch einmal geprüft und hat bestanden; nichts wurde geändert.',
  },
  readWhy: { en: 'Read why', de: 'Grund lesen' },
  readWhyOf: { en: 'Read why {name} was not imported', de: 'Lesen, warum {name} nicht importiert wurde' },
  product: { en: 'Product and release', de: 'Produkt und Stand' },
  signer: { en: 'Signed by', de: 'Unterschrieben von' },
  imported: { en: 'Imported', de: 'Importiert' },
  state: { en: 'State', de: 'Zustand' },
  releaseVersion: { en: 'Release {release}, version {versions}', de: 'Stand {release}, Version {versions}' },
  expired: { en: 'Expired', de: 'Abgelaufen' },
  waiting: { en: '{given} of {required} approvals', de: '{given} von {required} Freigaben' },
  complete: { en: 'Approvals complete', de: 'Freigaben vollständig' },
  unknown: { en: 'Approvals not known', de: 'Freigaben unbekannt' },
  unknownText: {
    en: 'The station could not say how the approvals stand; the reason is in the list of bundles.',
    de: 'Die Station konnte nicht sagen, wie es um die Freigaben steht; der Grund steht in der Liste der Bundles.',
  },
  noPolicy: { en: 'No policy', de: 'Keine Richtlinie' },
  noPolicyText: {
    en: 'No policy is in force for this product, so nobody can say which approvals it needs, and nothing can be installed. Ask an administrator to put one in force.',
    de: 'Für dieses Produkt gilt keine Richtlinie. Daher kann niemand sagen, welche Freigaben nötig sind, und nichts lässt sich installieren. Bitten Sie einen Administrator, eine in Kraft zu setzen.',
  },
  expiredText: {
    en: 'Nothing can be installed from it any more. Ask the vendor for a newly issued bundle.',
    de: 'Daraus lässt sich nichts mehr installieren. Bitten Sie den Hersteller um ein neu ausgestelltes Bundle.',
  },
  completeUntil: {
    en: 'For every unit and any work order; as signed now, they count until {until}.',
    de: 'Für alle Geräte und jeden Arbeitsauftrag; wie jetzt unterschrieben, gelten sie bis {until}.',
  },
  completeNone: {
    en: 'The policy asks for none.',
    de: 'Die Richtlinie verlangt keine.',
  },
  approvalEnded: {
    en: 'An approval that was given has ended; it has to be signed again.',
    de: 'Eine Freigabe, die gegeben war, ist abgelaufen; sie muss neu unterschrieben werden.',
  },
  limited: {
    en: {
      one: '{count} more is for single units or one work order, and may be enough there.',
      other: '{count} more are for single units or one work order, and may be enough there.',
    },
    de: {
      one: '{count} weitere gilt nur für einzelne Geräte oder einen Arbeitsauftrag und kann dort genügen.',
      other: '{count} weitere gelten nur für einzelne Geräte oder einen Arbeitsauftrag und können dort genügen.',
    },
  },
  endsMark: { en: 'Expires soon', de: 'Läuft bald ab' },
  ended: { en: 'Expired', de: 'Abgelaufen' },
  endsSoon: {
    en: {
      one: 'The bundle expires in {count} day, {time}. After that nothing can be installed from it.',
      other: 'The bundle expires in {count} days, {time}. After that nothing can be installed from it.',
    },
    de: {
      one: 'Das Bundle läuft in {count} Tag ab, {time}. Danach lässt sich daraus nichts mehr installieren.',
      other: 'Das Bundle läuft in {count} Tagen ab, {time}. Danach lässt sich daraus nichts mehr installieren.',
    },
  },
  signerEndsFirst: {
    en: 'The certificate of {name} expires before the bundle does, {time}. Ask the vendor for a newly signed bundle.',
    de: 'Das Zertifikat von {name} läuft vor dem Bundle ab, {time}. Bitten Sie den Hersteller um ein neu unterschriebenes Bundle.',
  },
  signerEnded: {
    en: 'The certificate of {name} expired {time}. Ask the vendor for a newly signed bundle.',
    de: 'Das Zertifikat von {name} ist abgelaufen, {time}. Bitten Sie den Hersteller um ein neu unterschriebenes Bundle.',
  },
  allBundles: { en: 'All bundles', de: 'Alle Bundles' },
  gone: { en: 'This bundle is not here', de: 'Dieses Bundle ist nicht da' },
  goneText: {
    en: 'The station has no bundle with this digest.',
    de: 'Die Station hat kein Bundle mit diesem Digest.',
  },
  toApproval: { en: 'Go to its approvals', de: 'Zu den Freigaben' },
  signedLead: {
    en: '{signer} signed this bundle under the root “{root}”. It is valid until {until}.',
    de: '{signer} hat dieses Bundle unter der Wurzel „{root}“ unterschrieben. Es gilt bis {until}.',
  },
  signedLeadSeveral: {
    en: '{count} signers signed this bundle. It is valid until {until}.',
    de: '{count} Unterzeichner haben dieses Bundle unterschrieben. Es gilt bis {until}.',
  },
  rootGone: {
    en: 'a root that this station no longer trusts',
    de: 'eine Wurzel, der diese Station nicht mehr vertraut',
  },
  rootHidden: { en: 'a root that your roles do not show', de: 'eine Wurzel, die Ihre Rollen nicht zeigen' },
  identity: { en: 'What it is', de: 'Was es ist' },
  digest: { en: 'Digest of the bundle', de: 'Digest des Bundles' },
  productId: { en: 'Product', de: 'Produkt' },
  release: { en: 'Release', de: 'Stand' },
  changeControl: { en: 'Change control', de: 'Änderungslenkung' },
  issued: { en: 'Issued', de: 'Ausgestellt' },
  expires: { en: 'Expires', de: 'Läuft ab' },
  signers: { en: 'Who signed', de: 'Wer unterschrieben hat' },
  subject: { en: 'Subject', de: 'Inhaber' },
  certificateEnds: { en: 'Certificate expires', de: 'Zertifikat läuft ab' },
  signingTime: { en: 'Signing time as stated', de: 'Unterschrieben, wie angegeben' },
  timestamp: { en: 'Time stamp', de: 'Zeitstempel' },
  timestampBy: { en: 'by {authority}', de: 'von {authority}' },
  root: { en: 'Root', de: 'Wurzel' },
  certificate: { en: 'Certificate', de: 'Zertifikat' },
  images: { en: 'Images', de: 'Images' },
  imageOf: { en: '{slot}, version {version}', de: '{slot}, Version {version}' },
  hardware: { en: 'For hardware', de: 'Für Hardware' },
  length: { en: 'Length', de: 'Länge' },
  imageHash: { en: 'SHA-256 of the image', de: 'SHA-256 des Images' },
  imageKey: { en: 'Image key', de: 'Image-Schlüssel' },
  noImageKey: {
    en: 'The unit’s boot loader checks no signature of this image.',
    de: 'Der Bootloader des Geräts prüft keine Unterschrift dieses Images.',
  },
  notes: { en: 'Release notes', de: 'Hinweise zu diesem Stand' },
  notesFrom: {
    en: 'In the words of whoever signed the bundle.',
    de: 'In den Worten dessen, der das Bundle unterschrieben hat.',
  },
  documents: { en: 'Documents', de: 'Dokumente' },
  documentsNone: { en: 'The bundle brings no documents.', de: 'Das Bundle bringt keine Dokumente mit.' },
  exportAll: { en: 'Export documents', de: 'Dokumente exportieren' },
  exportOne: { en: 'Export', de: 'Exportieren' },
  exportName: { en: 'Export {title}', de: '{title} exportieren' },
  exported: {
    en: { one: '{count} document was written to {folder}.', other: '{count} documents were written to {folder}.' },
    de: {
      one: '{count} Dokument wurde nach {folder} geschrieben.',
      other: '{count} Dokumente wurden nach {folder} geschrieben.',
    },
  },
  sbomCounts: {
    en: {
      one: 'CycloneDX {version}: {count} component, {unknown} without a known licence',
      other: 'CycloneDX {version}: {count} components, {unknown} without a known licence',
    },
    de: {
      one: 'CycloneDX {version}: {count} Komponente, {unknown} ohne bekannte Lizenz',
      other: 'CycloneDX {version}: {count} Komponenten, {unknown} ohne bekannte Lizenz',
    },
  },
  textGoesOn: {
    en: 'This is the beginning; export it to read all of it.',
    de: 'Das ist der Anfang; exportieren Sie es, um alles zu lesen.',
  },
  profiles: {
    en: {
      one: 'The bundle also brings {count} device profile: approved for all units and any work order, it says how these units are driven.',
      other:
        'The bundle also brings {count} device profiles: approved for all units and any work order, they say how these units are driven.',
    },
    de: {
      one: 'Das Bundle bringt auch {count} Geräteprofil mit: Ist es für alle Geräte und jeden Arbeitsauftrag freigegeben, so sagt es, wie diese Geräte angesprochen werden.',
      other:
        'Das Bundle bringt auch {count} Geräteprofile mit: Ist es für alle Geräte und jeden Arbeitsauftrag freigegeben, so sagen sie, wie diese Geräte angesprochen werden.',
    },
  },
  refusedTitle: { en: 'This file was not imported', de: 'Diese Datei wurde nicht importiert' },
  refusedLead: {
    en: '{name} did not pass. Nothing of it was kept and no unit was touched; the refusal is in the audit log.',
    de: '{name} hat nicht bestanden. Nichts davon wurde behalten und kein Gerät berührt; die Ablehnung steht im Audit-Protokoll.',
  },
  refusedGone: {
    en: 'A refusal is shown once, and is in the audit log. Import the file again to see it here.',
    de: 'Eine Ablehnung wird einmal gezeigt und steht im Audit-Protokoll. Importieren Sie die Datei noch einmal, um sie hier zu sehen.',
  },
  sendTitle: { en: 'For whoever sent you the file', de: 'Für den Absender der Datei' },
  sendLead: {
    en: 'Copy this text and send it to them; do not change the file and do not try to repair it.',
    de: 'Kopieren Sie diesen Text und schicken Sie ihn dorthin; ändern Sie die Datei nicht und versuchen Sie keine Reparatur.',
  },
  sendRefused: {
    en: 'Drydock {version} refused the bundle “{name}”.',
    de: 'Drydock {version} hat das Bundle „{name}“ abgelehnt.',
  },
  sendFile: { en: 'The file has {size}; refused on {time}.', de: 'Die Datei hat {size}; abgelehnt am {time}.' },
  sendWhy: {
    en: 'Check that failed: {code}\n{reason}\nNothing of the file was kept. Please check it and send it again.',
    de: 'Nicht bestandene Prüfung: {code}\n{reason}\nNichts von der Datei wurde behalten. Bitte prüfen Sie sie und schicken Sie sie neu.',
  },
  copySend: { en: 'Copy text', de: 'Text kopieren' },
  basePlace: { en: 'Place of a unit with the old release', de: 'Platz eines Geräts mit dem alten Stand' },
  basePlaceHint: {
    en: 'The bundle holds only the difference to an older image. A unit that runs it can lend it: its place, by name or number. It is out of operation while it is read.',
    de: 'Das Bundle enthält nur den Unterschied zu einem älteren Image. Ein Gerät, auf dem es läuft, kann es leihen: sein Platz, mit Name oder Nummer. Es ist außer Betrieb, während es gelesen wird.',
  },
  importWithBase: { en: 'Import with this unit', de: 'Mit diesem Gerät importieren' },
} as const satisfies WordTable;

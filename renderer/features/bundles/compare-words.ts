import type { WordTable } from '../../words/words.ts';

export const compareWords = {
  title: { en: 'What changes', de: 'Was sich ändert' },
  reading: { en: 'Comparing…', de: 'Wird verglichen …' },
  units: { en: 'On units', de: 'Auf den Geräten' },
  unitsFrom: {
    en: 'As the jobs of this station last found them.',
    de: 'Wie die Aufträge dieser Station sie zuletzt vorfanden.',
  },
  unitsNone: {
    en: 'This station has not updated a unit of this product yet, so it cannot say what runs on them.',
    de: 'Diese Station hat noch kein Gerät dieses Produkts aktualisiert und kann daher nicht sagen, was darauf läuft.',
  },
  unitsUnknown: {
    en: {
      one: 'It is not known what {count} unit runs.',
      other: 'It is not known what {count} units run.',
    },
    de: {
      one: 'Von {count} Gerät ist nicht bekannt, was darauf läuft.',
      other: 'Von {count} Geräten ist nicht bekannt, was darauf läuft.',
    },
  },
  unitsMore: {
    en: 'There are more units; the first 500 were looked at.',
    de: 'Es gibt mehr Geräte; die ersten 500 wurden betrachtet.',
  },
  raise: {
    en: {
      one: '{count} unit runs version {version}: it goes up with this bundle.',
      other: '{count} units run version {version}: they go up with this bundle.',
    },
    de: {
      one: '{count} Gerät mit Version {version}: Es wird mit diesem Bundle angehoben.',
      other: '{count} Geräte mit Version {version}: Sie werden mit diesem Bundle angehoben.',
    },
  },
  same: {
    en: {
      one: '{count} unit runs version {version}, that of this bundle: nothing changes.',
      other: '{count} units run version {version}, that of this bundle: nothing changes.',
    },
    de: {
      one: '{count} Gerät mit Version {version}, der dieses Bundles: Nichts ändert sich.',
      other: '{count} Geräte mit Version {version}, der dieses Bundles: Nichts ändert sich.',
    },
  },
  lower: {
    en: {
      one: '{count} unit runs version {version}, which is newer: this would be a downgrade.',
      other: '{count} units run version {version}, which is newer: this would be a downgrade.',
    },
    de: {
      one: '{count} Gerät mit Version {version}, die neuer ist: Das wäre eine Rückstufung.',
      other: '{count} Geräte mit Version {version}, die neuer ist: Das wäre eine Rückstufung.',
    },
  },
  unclear: {
    en: {
      one: '{count} unit runs version {version}: some images of this bundle are newer, some are not.',
      other: '{count} units run version {version}: some images of this bundle are newer, some are not.',
    },
    de: {
      one: '{count} Gerät mit Version {version}: Manche Images dieses Bundles sind neuer, manche nicht.',
      other: '{count} Geräte mit Version {version}: Manche Images dieses Bundles sind neuer, manche nicht.',
    },
  },
  atBench: { en: '{sentence} {count} at the bench now.', de: '{sentence} {count} gerade an der Werkbank.' },
  against: { en: 'Compare with', de: 'Vergleichen mit' },
  release: { en: 'Release {release}, imported {time}', de: 'Stand {release}, importiert {time}' },
  releaseOnUnits: {
    en: 'Release {release}, on most units',
    de: 'Stand {release}, auf den meisten Geräten',
  },
  noOther: {
    en: 'No other bundle of this product is on this station to compare with.',
    de: 'Kein anderes Bundle dieses Produkts ist zum Vergleich auf dieser Station.',
  },
  place: { en: '{slot} for {hardware}:', de: '{slot} für {hardware}:' },
  step: { en: 'version {from} becomes {to}', de: 'Version {from} wird {to}' },
  stepDown: {
    en: 'version {from} becomes {to}, which is older',
    de: 'Version {from} wird {to}, die älter ist',
  },
  otherImage: {
    en: 'another image under the same version {to}',
    de: 'ein anderes Image unter derselben Version {to}',
  },
  sameImage: { en: 'the same image, bit for bit', de: 'dasselbe Image, Bit für Bit' },
  newSlot: { en: 'new, version {to}', de: 'neu, Version {to}' },
  goneSlot: { en: 'not part of it any more', de: 'nicht mehr dabei' },
  otherKey: {
    en: '{change}; signed with another image key',
    de: '{change}; mit einem anderen Image-Schlüssel unterschrieben',
  },
  hardwareAdded: { en: 'New hardware: {list}', de: 'Neue Hardware: {list}' },
  hardwareRemoved: { en: 'No longer for hardware: {list}', de: 'Nicht mehr für Hardware: {list}' },
  profiles: { en: 'The device profiles differ.', de: 'Die Geräteprofile sind andere als dort.' },
  documentAdded: { en: '{title}: new document', de: '{title}: neues Dokument' },
  documentRemoved: { en: '{title}: document removed', de: '{title}: Dokument entfällt' },
  documentChanged: { en: '{title}: document changed', de: '{title}: Dokument geändert' },
  documentSame: { en: '{title}: document unchanged', de: '{title}: Dokument unverändert' },
  components: { en: 'Components', de: 'Komponenten' },
  componentsNone: {
    en: 'The bundle brings no SBOM, so its components are not known.',
    de: 'Das Bundle bringt keine SBOM mit; seine Komponenten sind daher nicht bekannt.',
  },
  otherWithout: {
    en: 'The other bundle brings no SBOM: every component counts as added.',
    de: 'Das andere Bundle bringt keine SBOM mit: Jede Komponente gilt als neu.',
  },
  counts: {
    en: '{added} added, {removed} removed, {version} with another version, {licence} with another licence, {same} unchanged.',
    de: '{added} neu, {removed} entfallen, {version} in anderer Version, {licence} mit anderer Lizenz, {same} unverändert.',
  },
  listed: {
    en: { one: '{count} component', other: '{count} components' },
    de: { one: '{count} Komponente', other: '{count} Komponenten' },
  },
  omitted: {
    en: { one: '{count} more is not shown.', other: '{count} more are not shown.' },
    de: { one: '{count} weitere wird nicht gezeigt.', other: '{count} weitere werden nicht gezeigt.' },
  },
  search: { en: 'Search components', de: 'Komponenten suchen' },
  searchHint: { en: 'Part of a name, a version or a licence', de: 'Teil von Name, Version oder Lizenz' },
  show: { en: 'Show', de: 'Zeigen' },
  showAll: { en: 'All components', de: 'Alle Komponenten' },
  showChanged: { en: 'Only what changes', de: 'Nur, was sich ändert' },
  found: {
    en: { one: '{count} found', other: '{count} found' },
    de: { one: '{count} gefunden', other: '{count} gefunden' },
  },
  nothing: {
    en: 'No component matches. Shorten the search, or show all components.',
    de: 'Keine Komponente passt. Kürzen Sie die Suche, oder lassen Sie alle zeigen.',
  },
  name: { en: 'Component', de: 'Komponente' },
  version: { en: 'Version', de: 'Version' },
  licence: { en: 'Licence', de: 'Lizenz' },
  change: { en: 'Change', de: 'Änderung' },
  unstated: { en: 'not stated', de: 'nicht angegeben' },
  fromTo: { en: '{from} → {to}', de: '{from} → {to}' },
  added: { en: 'Added', de: 'Neu' },
  removed: { en: 'Removed', de: 'Entfällt' },
  versionOther: { en: 'Other version', de: 'Andere Version' },
  licenceOther: { en: 'Other licence', de: 'Andere Lizenz' },
  kept: { en: 'Unchanged', de: 'Unverändert' },
  plain: { en: 'Listed', de: 'Aufgeführt' },
} as const satisfies WordTable;

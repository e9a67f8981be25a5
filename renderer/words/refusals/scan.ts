import type { scanErrors } from '../../../contract/error-code/scan.ts';
import type { Words } from '../words.ts';
import type { RefusalTable } from './refusal-table.ts';

const scanAgain: Words = {
  en: 'Nothing was taken from it. Scan it again, or type what the label says.',
  de: 'Nichts davon wurde übernommen. Scannen Sie noch einmal, oder tippen Sie, was auf dem Etikett steht.',
};

export const scanRefusals = {
  'scan.element-invalid': {
    title: { en: 'A part of the code cannot be read', de: 'Ein Teil des Codes ist nicht lesbar' },
    next: scanAgain,
  },
  'scan.check-digit-wrong': {
    title: {
      en: 'The code was misread or is misprinted',
      de: 'Der Code wurde falsch gelesen oder ist falsch gedruckt',
    },
    next: scanAgain,
  },
  'scan.date-invalid': {
    title: { en: 'The code names a day that does not exist', de: 'Der Code nennt einen Tag, den es nicht gibt' },
    next: scanAgain,
  },
  'scan.contradictory': {
    title: { en: 'The code contradicts itself', de: 'Der Code widerspricht sich' },
    next: scanAgain,
  },
  'scan.hibc-invalid': {
    title: { en: 'The HIBC code does not have the right form', de: 'Der HIBC-Code hat nicht die richtige Form' },
    next: scanAgain,
  },
  'scan.serial-differs': {
    title: { en: 'The label is that of another unit', de: 'Das Etikett gehört zu einem anderen Gerät' },
    next: {
      en: 'Check which unit is there before you start anything. Then scan its own label, or go to the unit that this label belongs to.',
      de: 'Sehen Sie nach, welches Gerät dort steht, bevor Sie etwas starten. Scannen Sie dann sein eigenes Etikett, oder gehen Sie zum Gerät dieses Etiketts.',
    },
  },
  'scan.serial-not-here': {
    title: { en: 'This unit is not on the bench', de: 'Dieses Gerät steht nicht an der Werkbank' },
    next: {
      en: 'Plug the unit in and scan again.',
      de: 'Stecken Sie das Gerät an und scannen Sie noch einmal.',
    },
  },
  'scan.serial-twice': {
    title: { en: 'Two units have this serial number', de: 'Zwei Geräte haben diese Seriennummer' },
    next: {
      en: 'Go to the right one, open its details and scan again.',
      de: 'Gehen Sie zum richtigen, öffnen Sie seine Details und scannen Sie noch einmal.',
    },
  },
  'scan.product-differs': {
    title: { en: 'Two labels, two products', de: 'Zwei Etiketten, zwei Produkte' },
    next: {
      en: 'Check which label is right. To use the new one, clear the unit’s UDI first.',
      de: 'Sehen Sie nach, welches Etikett stimmt. Soll das neue gelten, leeren Sie zuerst die UDI des Geräts.',
    },
  },
  'scan.no-unit-chosen': {
    title: { en: 'Nothing says which unit is meant', de: 'Nichts sagt, welches Gerät gemeint ist' },
    next: {
      en: 'Go to the unit with the arrow keys, or scan its serial number, and scan this label again.',
      de: 'Gehen Sie mit den Pfeiltasten zum Gerät, oder scannen Sie seine Seriennummer, und scannen Sie dieses Etikett noch einmal.',
    },
  },
  'scan.unit-busy': {
    title: {
      en: 'The papers of a running job do not change',
      de: 'Die Papiere eines laufenden Auftrags ändern sich nicht',
    },
    next: {
      en: 'For another work order go to its field with F4 and scan again.',
      de: 'Für einen anderen Arbeitsauftrag gehen Sie mit F4 in sein Feld und scannen noch einmal.',
    },
  },
  'scan.text-unfit': {
    title: { en: 'The code does not fit into a job', de: 'Der Code passt nicht in einen Auftrag' },
    next: {
      en: 'Type what belongs there, shortened where it is too long.',
      de: 'Tippen Sie ein, was dort hingehört, und kürzen Sie es, wo es zu lang ist.',
    },
  },
} as const satisfies RefusalTable<keyof typeof scanErrors>;

import type { deviceErrors } from '../../../contract/error-code/device.ts';
import { deviceProfileRefusals } from './device-profile.ts';
import { deviceUsbRefusals } from './device-usb.ts';
import { nextSteps } from './next-steps.ts';
import type { RefusalTable } from './refusal-table.ts';

/** Finding a unit, what it is, and its memory. */
export const deviceRefusals = {
  ...deviceProfileRefusals,
  ...deviceUsbRefusals,
  'device.no-usb': {
    title: { en: 'Drydock cannot use this computer’s USB', de: 'Drydock kann das USB dieses Rechners nicht benutzen' },
    next: {
      en: 'No unit was touched. Restart the computer; if that does not help, ask an administrator.',
      de: 'Kein Gerät wurde berührt. Starten Sie den Rechner neu; bleibt es so, fragen Sie einen Administrator.',
    },
  },
  'device.not-found': {
    title: { en: 'No unit is plugged in there', de: 'Dort steckt kein Gerät' },
    next: {
      en: 'Plug the unit in and wait for it to appear.',
      de: 'Stecken Sie das Gerät an und warten Sie, bis es erscheint.',
    },
  },
  'device.no-profile': {
    title: { en: 'This station does not know this kind of unit', de: 'Diese Station kennt diese Art Gerät nicht' },
    next: {
      en: 'Nothing was done to it. Import a bundle that brings its device profile, or ask an administrator.',
      de: 'Es wurde nichts daran getan. Importieren Sie ein Bundle mit seinem Geräteprofil, oder fragen Sie einen Administrator.',
    },
  },
  'device.no-serial': {
    title: { en: 'The unit has no serial number', de: 'Das Gerät hat keine Seriennummer' },
    next: nextSteps.askUnitVendor,
  },
  'device.in-use': {
    title: { en: 'Another job is working on this unit', de: 'Ein anderer Auftrag arbeitet an diesem Gerät' },
    next: { en: 'Wait until that job has ended.', de: 'Warten Sie, bis jener Auftrag beendet ist.' },
  },
  'device.closed': {
    title: { en: 'The job had already released the unit', de: 'Der Auftrag hatte das Gerät schon freigegeben' },
    next: nextSteps.checkCable,
  },
  'device.access-denied': {
    title: {
      en: 'The system does not let Drydock open the unit',
      de: 'Das System lässt Drydock das Gerät nicht öffnen',
    },
    next: {
      en: 'Nothing was done to it. Do what the text says, then plug the unit in again.',
      de: 'Es wurde nichts daran getan. Tun Sie, was der Text sagt, und stecken Sie das Gerät neu an.',
    },
  },
  'device.interface-busy': {
    title: { en: 'Another program is using the unit', de: 'Ein anderes Programm benutzt das Gerät' },
    next: {
      en: 'Close that program, plug the unit in again and start again.',
      de: 'Beenden Sie jenes Programm, stecken Sie das Gerät neu an und beginnen Sie neu.',
    },
  },
  'device.no-dfu-interface': {
    title: {
      en: 'The unit does not offer the update interface of its profile',
      de: 'Das Gerät bietet die Schnittstelle seines Profils nicht',
    },
    next: nextSteps.checkProfile,
  },
  'device.enter-by-hand': {
    title: {
      en: 'The unit has to be put into update mode by hand',
      de: 'Das Gerät muss von Hand in den Aktualisierungsmodus',
    },
    next: {
      en: 'Do it as its manual says, then start again.',
      de: 'Tun Sie das nach seiner Anleitung, und beginnen Sie dann neu.',
    },
  },
  'device.wrong-product': {
    title: {
      en: 'The unit is not the product of its profile',
      de: 'Das Gerät ist nicht das Produkt seines Profils',
    },
    next: nextSteps.checkProfile,
  },
  'device.hardware-unknown': {
    title: { en: 'The device profile does not know this hardware', de: 'Das Geräteprofil kennt diese Hardware nicht' },
    next: nextSteps.checkProfile,
  },
  'device.other-unit': {
    title: {
      en: 'This is not the unit that the job began with',
      de: 'Das ist nicht das Gerät, mit dem der Auftrag begann',
    },
    next: nextSteps.plugBack,
  },
  'device.slot-unknown': {
    title: {
      en: 'The unit has no slot of that name for the image',
      de: 'Das Gerät hat für das Image keinen Speicherbereich dieses Namens',
    },
    next: nextSteps.checkProfile,
  },
  'device.slot-missing': {
    title: {
      en: 'The unit lacks a slot that its profile names',
      de: 'Dem Gerät fehlt ein Speicherbereich, den sein Profil nennt',
    },
    next: nextSteps.checkProfile,
  },
  'device.slot-size': {
    title: {
      en: 'The unit’s memory does not have the size that its profile says',
      de: 'Der Speicher des Geräts hat nicht die Größe, die sein Profil nennt',
    },
    next: nextSteps.checkProfile,
  },
  'device.slot-running': {
    title: {
      en: 'The unit runs from where the new firmware would go',
      de: 'Das Gerät läuft von dort, wohin die neue Firmware käme',
    },
    next: nextSteps.checkProfile,
  },
  'device.image-too-large': {
    title: { en: 'The image is too large for the unit', de: 'Das Image ist zu groß für das Gerät' },
    next: nextSteps.otherBundle,
  },
  'device.image-length': {
    title: { en: 'The image does not have the announced length', de: 'Das Image hat nicht die angekündigte Länge' },
    next: {
      en: 'Import the bundle’s file again, then start again.',
      de: 'Importieren Sie die Datei des Bundles noch einmal, dann beginnen Sie neu.',
    },
  },
  'device.layout-invalid': {
    title: {
      en: 'The unit does not say clearly how its memory is laid out',
      de: 'Das Gerät sagt nicht klar, wie sein Speicher aufgeteilt ist',
    },
    next: nextSteps.checkProfile,
  },
  'device.option-bytes-invalid': {
    title: {
      en: 'The unit’s option bytes are not as its profile says',
      de: 'Die Option-Bytes des Geräts sind nicht, wie sein Profil sagt',
    },
    next: nextSteps.checkProfile,
  },
  'device.boot-bank-unclear': {
    title: {
      en: 'It is not clear which half of its memory the unit starts',
      de: 'Es ist unklar, welche Speicherhälfte das Gerät startet',
    },
    next: nextSteps.checkProfile,
  },
  'device.page-not-kept': {
    title: {
      en: 'The station could not keep a copy of what it would erase',
      de: 'Die Station konnte nicht sichern, was sie löschen würde',
    },
    next: {
      en: 'The unit was left as it is. Make room on the disk of the data folder and start again.',
      de: 'Das Gerät blieb, wie es ist. Schaffen Sie Platz auf der Platte des Datenordners und beginnen Sie neu.',
    },
  },
  'device.page-missing': {
    title: {
      en: 'The station’s copy of the unit’s first page is not whole',
      de: 'Die Kopie der ersten Seite des Geräts ist nicht vollständig',
    },
    next: nextSteps.startAgain,
  },
  'device.serial-needed': {
    title: {
      en: 'In this state the unit does not know its serial number',
      de: 'In diesem Zustand kennt das Gerät seine Seriennummer nicht',
    },
    next: {
      en: 'Give the number on its label and start again.',
      de: 'Geben Sie die Nummer auf seinem Etikett an und beginnen Sie neu.',
    },
  },
  'device.read-protected': {
    title: {
      en: 'The unit’s memory is locked against reading',
      de: 'Der Speicher des Geräts ist gegen Lesen gesperrt',
    },
    next: nextSteps.askUnitVendor,
  },
  'device.block-too-long': {
    title: {
      en: 'The device profile allows only transfers that are too short',
      de: 'Das Geräteprofil erlaubt nur zu kurze Übertragungen',
    },
    next: nextSteps.checkProfile,
  },
  'device.layout-mismatch': {
    title: {
      en: 'The unit’s memory is not as its profile says',
      de: 'Der Speicher des Geräts ist nicht, wie sein Profil sagt',
    },
    next: nextSteps.checkProfile,
  },
} as const satisfies RefusalTable<keyof typeof deviceErrors>;

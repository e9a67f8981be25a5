import type { deviceErrors } from '../../../contract/error-code/device.ts';
import type { Words } from '../words.ts';
import { nextSteps } from './next-steps.ts';
import type { RefusalTable, RefusalWords } from './refusal-table.ts';

const strangeAnswer: Words = {
  en: 'The unit answered in a way that DFU does not allow',
  de: 'Das Gerät hat so geantwortet, wie es DFU nicht vorsieht',
};
const memoryFailed: RefusalWords = {
  title: { en: 'The unit could not write to its memory', de: 'Das Gerät konnte seinen Speicher nicht beschreiben' },
  next: nextSteps.startAgain,
};
const wasReset: RefusalWords = {
  title: { en: 'The unit was reset unexpectedly', de: 'Das Gerät wurde unerwartet zurückgesetzt' },
  next: nextSteps.checkCable,
};
const firmwareRefused: RefusalWords = {
  title: {
    en: 'The unit refuses this firmware, or its place in memory',
    de: 'Das Gerät lehnt diese Firmware ab, oder ihren Platz im Speicher',
  },
  next: nextSteps.beforeOthers,
};

/** Talking to a unit over USB: descriptors, transfers, and DFU 1.1's states and errors. */
export const deviceUsbRefusals = {
  'device.descriptor-invalid': {
    title: {
      en: 'The unit describes its USB interface wrongly',
      de: 'Das Gerät beschreibt seine USB-Schnittstelle falsch',
    },
    next: nextSteps.askUnitVendor,
  },
  'device.dfu-version': {
    title: {
      en: 'The unit speaks another DFU version than its profile',
      de: 'Das Gerät spricht eine andere DFU-Version als sein Profil',
    },
    next: nextSteps.checkProfile,
  },
  'device.mode-contradicted': {
    title: { en: 'The unit contradicts itself about its mode', de: 'Das Gerät widerspricht sich über seinen Modus' },
    next: nextSteps.powerCycle,
  },
  'device.info-invalid': {
    title: {
      en: 'What the unit says about itself cannot be read',
      de: 'Was das Gerät über sich sagt, ist nicht lesbar',
    },
    next: nextSteps.askUnitVendor,
  },
  'device.no-contact': {
    title: { en: 'The unit does not answer', de: 'Das Gerät antwortet nicht' },
    next: nextSteps.checkCable,
  },
  'device.wrong-mode': {
    title: { en: 'The unit is not in update mode', de: 'Das Gerät ist nicht im Aktualisierungsmodus' },
    next: nextSteps.powerCycle,
  },
  'device.download-unsupported': {
    title: { en: 'The unit takes no firmware over USB', de: 'Das Gerät nimmt keine Firmware über USB an' },
    next: nextSteps.checkProfile,
  },
  'device.upload-unsupported': {
    title: { en: 'The unit’s memory cannot be read back', de: 'Der Speicher des Geräts lässt sich nicht zurücklesen' },
    next: nextSteps.checkProfile,
  },
  'device.upload-short': {
    title: {
      en: 'The unit returned an unexpected number of bytes',
      de: 'Das Gerät lieferte nicht so viele Bytes wie erwartet',
    },
    next: nextSteps.checkCable,
  },
  'device.staged-differs': {
    title: { en: 'The new firmware did not arrive whole', de: 'Die neue Firmware kam nicht vollständig an' },
    next: nextSteps.startAgain,
  },
  'device.marked-permanent': {
    title: { en: 'The unit would install without a way back', de: 'Das Gerät würde ohne Rückweg installieren' },
    next: nextSteps.askUnitVendor,
  },
  'device.not-pending': {
    title: {
      en: 'The unit did not get ready to start the new firmware',
      de: 'Das Gerät hat den Start der neuen Firmware nicht vorbereitet',
    },
    next: nextSteps.startAgain,
  },
  'device.confirm-unsupported': {
    title: {
      en: 'The unit makes its firmware permanent by itself',
      de: 'Das Gerät macht seine Firmware selbst dauerhaft',
    },
    next: { en: 'Wait until it has; there is nothing to do.', de: 'Warten Sie darauf; es ist nichts zu tun.' },
  },
  'device.not-confirmed': {
    title: {
      en: 'The unit did not make its firmware permanent',
      de: 'Das Gerät hat seine Firmware nicht dauerhaft gemacht',
    },
    next: nextSteps.checkCable,
  },
  'device.dfuse-unsupported': {
    title: { en: 'The unit lacks a command that is needed', de: 'Dem Gerät fehlt ein Befehl, der gebraucht wird' },
    next: nextSteps.checkProfile,
  },
  'device.cancelled': {
    title: { en: 'The step was cancelled', de: 'Der Schritt wurde abgebrochen' },
    next: {
      en: 'Resume the job, or start a new one.',
      de: 'Setzen Sie den Auftrag fort, oder beginnen Sie einen neuen.',
    },
  },
  'device.unplugged': {
    title: { en: 'The unit was unplugged or lost power', de: 'Das Gerät wurde abgezogen oder verlor den Strom' },
    next: {
      en: 'Plug it in again at the same place, then resume the job or start again.',
      de: 'Stecken Sie es wieder an denselben Platz; setzen Sie den Auftrag dann fort, oder beginnen Sie neu.',
    },
  },
  'device.timeout': {
    title: { en: 'The unit did not answer in time', de: 'Das Gerät hat nicht rechtzeitig geantwortet' },
    next: nextSteps.checkCable,
  },
  'device.step-hangs': {
    title: { en: 'The computer’s USB driver hangs', de: 'Der USB-Treiber des Rechners hängt' },
    next: {
      en: 'Plug the unit in again; if that does not help, restart the computer. Then resume the job.',
      de: 'Stecken Sie das Gerät neu an; hilft das nicht, starten Sie den Rechner neu. Setzen Sie dann den Auftrag fort.',
    },
  },
  'device.stalled': {
    title: { en: 'The unit refused a request', de: 'Das Gerät hat eine Anfrage abgelehnt' },
    next: nextSteps.powerCycle,
  },
  'device.transfer-failed': {
    title: { en: 'A transfer to the unit failed', de: 'Eine Übertragung zum Gerät ist fehlgeschlagen' },
    next: nextSteps.checkCable,
  },
  'device.status-invalid': { title: strangeAnswer, next: nextSteps.powerCycle },
  'device.state-unexpected': { title: strangeAnswer, next: nextSteps.powerCycle },
  'device.poll-timeout-absurd': {
    title: {
      en: 'The unit asks for a longer pause than its profile allows',
      de: 'Das Gerät verlangt eine längere Pause, als sein Profil erlaubt',
    },
    next: nextSteps.checkProfile,
  },
  'device.busy-too-long': {
    title: { en: 'The unit did not finish in time', de: 'Das Gerät wurde nicht rechtzeitig fertig' },
    next: nextSteps.powerCycle,
  },
  'device.power-cycle-needed': {
    title: { en: 'The unit has to be switched off and on', de: 'Das Gerät muss aus- und wieder eingeschaltet werden' },
    next: nextSteps.powerCycle,
  },
  'device.err-target': firmwareRefused,
  'device.err-file': firmwareRefused,
  'device.err-write': memoryFailed,
  'device.err-erase': memoryFailed,
  'device.err-check-erased': memoryFailed,
  'device.err-prog': memoryFailed,
  'device.err-verify': memoryFailed,
  'device.err-address': {
    title: { en: 'The unit refuses to write there', de: 'Das Gerät lässt dort nicht schreiben' },
    next: nextSteps.checkProfile,
  },
  'device.err-notdone': {
    title: { en: 'The unit did not get the whole firmware', de: 'Das Gerät hat nicht die ganze Firmware bekommen' },
    next: nextSteps.startAgain,
  },
  'device.err-firmware': {
    title: {
      en: 'The unit says that its own firmware is damaged',
      de: 'Das Gerät sagt, seine eigene Firmware sei beschädigt',
    },
    next: {
      en: 'Start a recovery where the device has one, or ask its vendor.',
      de: 'Beginnen Sie eine Wiederherstellung, wenn das Gerät eine hat, oder fragen Sie den Hersteller.',
    },
  },
  'device.err-vendor': {
    title: { en: 'The unit reports a vendor-specific error', de: 'Das Gerät meldet einen herstellereigenen Fehler' },
    next: nextSteps.askUnitVendor,
  },
  'device.err-usbr': wasReset,
  'device.err-por': wasReset,
  'device.err-unknown': {
    title: {
      en: 'The unit reports an error without saying which',
      de: 'Das Gerät meldet einen Fehler und sagt nicht, welchen',
    },
    next: nextSteps.powerCycle,
  },
  'device.err-stalledpkt': { title: strangeAnswer, next: nextSteps.powerCycle },
} as const satisfies Partial<RefusalTable<keyof typeof deviceErrors>>;

import type { Words } from '../words.ts';
import type { RefusalTable } from './refusal-table.ts';

const plugInAgain: Words = {
  en: 'Check cable and power, plug it in at the same place and start again.',
  de: 'Prüfen Sie Kabel und Strom, stecken Sie es am selben Platz an und starten Sie noch einmal.',
};
const otherCable: Words = {
  en: 'Try another cable and start again. If it happens again, set the unit aside.',
  de: 'Nehmen Sie ein anderes Kabel und starten Sie noch einmal. Geschieht es wieder, legen Sie das Gerät beiseite.',
};
const switchOff: Words = {
  en: 'Switch the unit off and on, then start again.',
  de: 'Schalten Sie das Gerät aus und ein und starten Sie noch einmal.',
};
const worn: Words = {
  en: 'Start once more. If it happens again, the memory may be worn out: set the unit aside.',
  de: 'Starten Sie noch einmal. Geschieht es wieder, ist der Speicher vielleicht verbraucht: Legen Sie das Gerät beiseite.',
};
const askMaker: Words = {
  en: 'Set the unit aside and show the code to its maker.',
  de: 'Legen Sie das Gerät beiseite und zeigen Sie dem Hersteller den Code.',
};
const noAnswer: Words = { en: 'The unit did not answer in time', de: 'Das Gerät antwortete nicht rechtzeitig' };
const strange: Words = { en: 'The unit answered against the rules', de: 'Das Gerät antwortete regelwidrig' };
const memoryFailed: Words = { en: 'The unit’s memory failed', de: 'Der Speicher des Geräts hat versagt' };
const notWhole: Words = { en: 'The image did not arrive whole', de: 'Das Image kam nicht vollständig an' };
const rejected: Words = { en: 'The unit rejected the image', de: 'Das Gerät hat das Image abgelehnt' };
const cannotRead: Words = { en: 'The unit cannot be read back', de: 'Das Gerät lässt sich nicht zurücklesen' };

/** What goes wrong on the wire, and what the unit's own DFU status says (DFU 1.1, 6.1.2). */
export const deviceTransferRefusals = {
  'device.image-length': { title: notWhole, next: switchOff },
  'device.download-unsupported': {
    title: { en: 'The unit takes no firmware over USB', de: 'Das Gerät nimmt keine Firmware über USB an' },
    next: askMaker,
  },
  'device.upload-unsupported': { title: cannotRead, next: askMaker },
  'device.upload-short': { title: cannotRead, next: otherCable },
  'device.staged-differs': { title: notWhole, next: otherCable },
  'device.dfuse-unsupported': {
    title: { en: 'The unit lacks a command that is needed', de: 'Dem Gerät fehlt ein Befehl, der nötig ist' },
    next: askMaker,
  },
  'device.block-too-long': {
    title: { en: 'The unit takes too little at once', de: 'Das Gerät nimmt zu wenig auf einmal an' },
    next: askMaker,
  },
  'device.cancelled': {
    title: { en: 'It was cancelled', de: 'Es wurde abgebrochen' },
    next: { en: 'Start again when you want to.', de: 'Starten Sie noch einmal, wenn Sie möchten.' },
  },
  'device.unplugged': {
    title: { en: 'The unit was unplugged or lost its power', de: 'Das Gerät wurde abgezogen oder verlor den Strom' },
    next: plugInAgain,
  },
  'device.timeout': { title: noAnswer, next: otherCable },
  'device.step-hangs': {
    title: { en: 'The system’s USB hangs', de: 'Das USB des Systems hängt' },
    next: {
      en: 'Unplug the unit, plug it in again and start again. If it happens again, restart this machine.',
      de: 'Ziehen Sie das Gerät ab, stecken Sie es an und starten Sie noch einmal. Sonst starten Sie diesen Rechner neu.',
    },
  },
  'device.stalled': {
    title: { en: 'The unit rejected a request', de: 'Das Gerät wies eine Anfrage ab' },
    next: switchOff,
  },
  'device.transfer-failed': {
    title: { en: 'A transfer over USB failed', de: 'Eine Übertragung über USB ging schief' },
    next: otherCable,
  },
  'device.status-invalid': { title: strange, next: switchOff },
  'device.state-unexpected': { title: strange, next: switchOff },
  'device.poll-timeout-absurd': { title: strange, next: askMaker },
  'device.busy-too-long': { title: noAnswer, next: switchOff },
  'device.err-target': { title: rejected, next: askMaker },
  'device.err-file': { title: rejected, next: askMaker },
  'device.err-write': { title: memoryFailed, next: worn },
  'device.err-erase': { title: memoryFailed, next: worn },
  'device.err-check-erased': { title: memoryFailed, next: worn },
  'device.err-prog': { title: memoryFailed, next: worn },
  'device.err-verify': { title: memoryFailed, next: worn },
  'device.err-address': { title: rejected, next: askMaker },
  'device.err-notdone': { title: notWhole, next: otherCable },
  'device.err-firmware': {
    title: { en: 'The unit says its firmware is damaged', de: 'Das Gerät meldet beschädigte Firmware' },
    next: {
      en: 'Ask an approver to approve a recovery.',
      de: 'Bitten Sie eine freigebende Person um die Freigabe einer Wiederherstellung.',
    },
  },
  'device.err-vendor': {
    title: { en: 'The unit reports an error of its maker', de: 'Das Gerät meldet einen Fehler seines Herstellers' },
    next: askMaker,
  },
  'device.err-usbr': {
    title: { en: 'The unit saw its USB restart', de: 'Das Gerät sah sein USB neu beginnen' },
    next: otherCable,
  },
  'device.err-por': {
    title: { en: 'The unit lost its power for a moment', de: 'Das Gerät war kurz ohne Strom' },
    next: plugInAgain,
  },
  'device.err-unknown': {
    title: { en: 'The unit reports an error without a name', de: 'Das Gerät meldet einen Fehler ohne Namen' },
    next: switchOff,
  },
  'device.err-stalledpkt': {
    title: { en: 'The unit did not expect a request', de: 'Das Gerät erwartete eine Anfrage nicht' },
    next: switchOff,
  },
} as const satisfies RefusalTable;

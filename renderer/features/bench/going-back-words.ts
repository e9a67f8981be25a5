import type { WordTable } from '../../words/words.ts';

export const goingBackWords = {
  title: { en: 'Go back to an older release', de: 'Zu einem älteren Stand zurück' },
  lead: {
    en: 'An older release can bring known faults back. It needs an approval for this one unit, with its reason.',
    de: 'Ein älterer Stand kann bekannte Fehler zurückbringen. Er braucht eine Freigabe für dieses eine Gerät, mit ihrem Grund.',
  },
  release: { en: '{product} {release}', de: '{product} {release}' },
  step: {
    en: 'From version {from} back to version {to}',
    de: 'Von Version {from} zurück zu Version {to}',
  },
  approved: { en: 'Approved for this unit.', de: 'Für dieses Gerät freigegeben.' },
  needsOrder: {
    en: 'Enter the work order on the bench first.',
    de: 'Geben Sie zuerst auf der Werkbank den Arbeitsauftrag ein.',
  },
  missing: {
    en: '{given} of {required} approvals for this unit. Give the request to an approver, who signs it under Approvals.',
    de: '{given} von {required} Freigaben für dieses Gerät. Geben Sie den Antrag einem Freigeber; er unterschreibt unter Freigaben.',
  },
  noPolicy: {
    en: 'No policy says who may approve this. Ask an administrator.',
    de: 'Keine Richtlinie sagt, wer das freigeben darf. Fragen Sie einen Administrator.',
  },
  copy: { en: 'Copy the request', de: 'Antrag kopieren' },
  copied: { en: 'The request was copied.', de: 'Der Antrag wurde kopiert.' },
  request: {
    en: 'Please approve going back. Bundle: {release} ({digest}). Kind: downgrade. Serial number: {serial}. From version at most: {from}. To version: {to}. Work order: {workOrder}.',
    de: 'Bitte um Freigabe einer Rückstufung. Bundle: {release} ({digest}). Art: Rückstufung. Seriennummer: {serial}. Von Version höchstens: {from}. Zu Version: {to}. Arbeitsauftrag: {workOrder}.',
  },
  noWorkOrder: { en: 'none yet', de: 'noch keiner' },
  openApprovals: { en: 'Open its approvals', de: 'Freigaben öffnen' },
  look: { en: 'Check for approvals again', de: 'Freigaben noch einmal prüfen' },
  install: { en: 'Install {release}…', de: '{release} installieren…' },
  dialogTitle: { en: 'Install older release {release}', de: 'Älteren Stand {release} installieren' },
  dialogText: {
    en: 'Unit {serial} runs version {from} and gets version {to}, which is older. Faults that the newer one repaired are back. The approval and your name stand in the history and the report.',
    de: 'Gerät {serial} läuft mit Version {from} und bekommt Version {to}, die älter ist. Fehler, die die neuere behoben hat, sind wieder da. Freigabe und Ihr Name stehen im Verlauf und im Bericht.',
  },
  dialogAction: { en: 'Install older release', de: 'Älteren Stand installieren' },
} as const satisfies WordTable;

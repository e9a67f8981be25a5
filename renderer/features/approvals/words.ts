import type { WordTable } from '../../words/words.ts';
import { placeTitles } from '../place-titles.ts';

export const approvalsWords = {
  title: placeTitles.approvals,
  lead: {
    en: 'Bundles that wait for a signature before units may be updated with them, and what was signed.',
    de: 'Bundles, die auf eine Unterschrift warten, bevor Geräte damit aktualisiert werden dürfen, und was unterschrieben wurde.',
  },
  asking: { en: 'Asking the station what waits…', de: 'Die Station wird gefragt, was wartet …' },
  empty: { en: 'Nothing waits for a signature', de: 'Nichts wartet auf eine Unterschrift' },
  emptyText: {
    en: 'Bundles that wait for a signature stand here, and every approval that was signed, with its meaning and its end. A bundle comes here when it is imported and its policy asks for approvals.',
    de: 'Hier stehen Bundles, die auf eine Unterschrift warten, und jede unterschriebene Freigabe mit ihrer Bedeutung und ihrem Ende. Ein Bundle kommt hierher, wenn es importiert ist und seine Richtlinie Freigaben verlangt.',
  },
  toBundles: { en: 'Go to the bundles', de: 'Zu den Bundles' },
  omitted: {
    en: { one: '{count} more waits and is not shown.', other: '{count} more wait and are not shown.' },
    de: {
      one: '{count} weiteres wartet und ist nicht gezeigt.',
      other: '{count} weitere warten und sind nicht gezeigt.',
    },
  },
  waiting: { en: 'Waiting', de: 'Wartet' },
  bundle: { en: 'Bundle', de: 'Bundle' },
  askedBy: { en: 'Imported by', de: 'Importiert von' },
  until: { en: 'Until', de: 'Bis' },
  state: { en: 'Signed', de: 'Unterschrieben' },
  ofNeeded: { en: '{given} of {required} approvals', de: '{given} von {required} Freigaben' },
  ofNeededYours: {
    en: '{given} of {required} approvals: yours is needed',
    de: '{given} von {required} Freigaben: Ihre wird gebraucht',
  },
  nobody: { en: 'somebody who is no longer known', de: 'jemand, der nicht mehr bekannt ist' },
  releaseVersion: { en: 'Release {release}, version {versions}', de: 'Stand {release}, Version {versions}' },
  signedTitle: { en: 'What was signed', de: 'Was unterschrieben wurde' },
  signedNone: { en: 'Nothing was signed yet.', de: 'Es wurde noch nichts unterschrieben.' },
  signedBy: { en: '{name}: “{meaning}”', de: '{name}: „{meaning}“' },
  signedFor: {
    en: '{kind}, for {units}, under {order}',
    de: '{kind}, für {units}, unter {order}',
  },
  stands: { en: 'Signed', de: 'Unterschrieben' },
  ended: { en: 'Ended', de: 'Beendet' },
  withdrawn: { en: 'Withdrawn', de: 'Zurückgenommen' },
  withdrawnBecause: { en: 'Withdrawn: {reason}', de: 'Zurückgenommen: {reason}' },
  signedAt: { en: 'Signed on', de: 'Unterschrieben am' },
  endsAt: { en: 'Ends on', de: 'Endet am' },
  reasonCode: { en: 'Reason code', de: 'Grundcode' },
  reasonIs: { en: 'Reason code: {code}', de: 'Grundcode: {code}' },
  goesBack: {
    en: 'From version {from} at most, back to version {to}: {reason}',
    de: 'Von höchstens Version {from} zurück zu Version {to}: {reason}',
  },
  takesBack: { en: '{bundle}: {scope}', de: '{bundle}: {scope}' },
  allApprovals: { en: 'All approvals', de: 'Alle Freigaben' },
  gone: { en: 'This bundle is not here', de: 'Dieses Bundle ist nicht da' },
  goneText: {
    en: 'The station has no bundle with this digest.',
    de: 'Die Station hat kein Bundle mit diesem Digest.',
  },
  pageTitle: { en: 'Approve {product} {release}', de: '{product} {release} freigeben' },
  showBundle: { en: 'Show the bundle', de: 'Bundle zeigen' },
  digest: { en: 'Digest of the bundle', de: 'Digest des Bundles' },
  needs: {
    en: {
      one: 'The policy asks for {count} signature that holds for every unit; {given} given.',
      other: 'The policy asks for {count} signatures of different people that hold for every unit; {given} given.',
    },
    de: {
      one: 'Die Richtlinie verlangt {count} Unterschrift, die für jedes Gerät gilt; {given} gegeben.',
      other:
        'Die Richtlinie verlangt {count} Unterschriften verschiedener Personen, die für jedes Gerät gelten; {given} gegeben.',
    },
  },
  completeMark: { en: 'Approvals complete', de: 'Freigaben vollständig' },
  complete: {
    en: 'Every approval that the policy asks for is given, for all units; as signed now, they count until {until}.',
    de: 'Alle Freigaben, die die Richtlinie verlangt, sind für alle Geräte gegeben; wie jetzt unterschrieben, gelten sie bis {until}.',
  },
  completeNone: { en: 'The policy asks for no approval.', de: 'Die Richtlinie verlangt keine Freigabe.' },
  noPolicy: {
    en: 'No policy is in force for this product, so nobody can say which approvals it needs, and nothing can be installed. Ask an administrator to put one in force.',
    de: 'Für dieses Produkt gilt keine Richtlinie. Daher kann niemand sagen, welche Freigaben nötig sind, und nichts lässt sich installieren. Bitten Sie einen Administrator, eine in Kraft zu setzen.',
  },
  unknown: {
    en: 'The station could not say how the approvals stand.',
    de: 'Die Station konnte nicht sagen, wie es um die Freigaben steht.',
  },
  expired: {
    en: 'The bundle has expired: nothing can be installed from it any more, whatever is signed.',
    de: 'Das Bundle ist abgelaufen: Daraus lässt sich nichts mehr installieren, was auch unterschrieben wird.',
  },
  hasEnded: {
    en: 'An approval that was given has ended: it has to be signed again.',
    de: 'Eine Freigabe, die gegeben war, ist abgelaufen: Sie muss neu unterschrieben werden.',
  },
  standing: { en: 'Signed so far: {names}', de: 'Bisher unterschrieben: {names}' },
  form: { en: 'What you sign', de: 'Was Sie unterschreiben' },
  notYours: {
    en: 'With your roles you can read approvals but not sign them. An approver can.',
    de: 'Mit Ihren Rollen können Sie Freigaben ansehen, aber nicht unterschreiben. Das kann ein Freigeber.',
  },
  kind: { en: 'Approval for', de: 'Freigabe für' },
  install: { en: 'Installation', de: 'Installation' },
  recovery: { en: 'Recovery', de: 'Wiederherstellung' },
  fromBench: {
    en: 'Filled in with what the bench needs. Compare it with the order on paper, and write the reason yourself.',
    de: 'Ausgefüllt mit dem, was an der Werkbank gebraucht wird. Vergleichen Sie es mit dem Auftrag auf Papier; den Grund schreiben Sie selbst.',
  },
  downgrade: { en: 'Going back to an older version', de: 'Rückkehr zu einer älteren Version' },
  units: { en: 'For which units', de: 'Für welche Geräte' },
  everyUnit: { en: 'every unit of the product', de: 'jedes Gerät des Produkts' },
  allUnits: { en: 'Every unit of the product', de: 'Jedes Gerät des Produkts' },
  theseUnits: { en: 'Only these serial numbers', de: 'Nur diese Seriennummern' },
  serials: { en: 'Serial numbers', de: 'Seriennummern' },
  serialsHint: {
    en: 'One on each line, typed or scanned.',
    de: 'Eine in jeder Zeile, getippt oder gescannt.',
  },
  scanUnsure: {
    en: 'The scanned code {text} names no serial number for sure. Type it.',
    de: 'Der gescannte Code {text} nennt keine sichere Seriennummer. Tippen Sie sie ein.',
  },
  workOrder: { en: 'Work order', de: 'Arbeitsauftrag' },
  workOrderHint: { en: 'Left empty: under any work order.', de: 'Leer: unter jedem Arbeitsauftrag.' },
  anyOrder: { en: 'any work order', de: 'jedem Arbeitsauftrag' },
  order: { en: 'work order {order}', de: 'Arbeitsauftrag {order}' },
  meaning: { en: 'What your signature means', de: 'Was Ihre Unterschrift bedeutet' },
  meaningHint: {
    en: 'Shown and printed beside your name.',
    de: 'Wird neben Ihrem Namen gezeigt und gedruckt.',
  },
  meaningInstall: { en: 'Approved for installation', de: 'Zur Installation freigegeben' },
  meaningRecovery: { en: 'Approved for recovery', de: 'Zur Wiederherstellung freigegeben' },
  meaningDowngrade: { en: 'Approved for going back', de: 'Zur Rückkehr freigegeben' },
  chooseReason: { en: 'Choose one', de: 'Bitte wählen' },
  fromAtMost: { en: 'From version, at most', de: 'Von Version, höchstens' },
  toVersion: { en: 'Back to version', de: 'Zurück zu Version' },
  because: { en: 'Why it must go back', de: 'Warum es zurück muss' },
  oneUnit: {
    en: 'Going back is approved for one unit at a time.',
    de: 'Eine Rückkehr wird immer nur für ein Gerät freigegeben.',
  },
  check: { en: 'Review and sign', de: 'Durchsehen und unterschreiben' },
  incomplete: {
    en: 'To sign, fill in what is marked as required.',
    de: 'Zum Unterschreiben füllen Sie aus, was als Pflichtfeld gekennzeichnet ist.',
  },
  dialogTitle: { en: 'Sign approval', de: 'Freigabe unterschreiben' },
  sign: { en: 'Sign approval', de: 'Freigabe unterschreiben' },
  youSign: { en: 'You sign as {name}: “{meaning}”', de: 'Sie unterschreiben als {name}: „{meaning}“' },
  countsFor: {
    en: {
      one: 'It counts for {count} hour from now, until the bundle expires, or until you take it back.',
      other: 'It counts for {count} hours from now, until the bundle expires, or until you take it back.',
    },
    de: {
      one: 'Sie gilt ab jetzt {count} Stunde, bis das Bundle abläuft oder bis Sie sie zurücknehmen.',
      other: 'Sie gilt ab jetzt {count} Stunden, bis das Bundle abläuft oder bis Sie sie zurücknehmen.',
    },
  },
  notExecute: {
    en: 'Your approval does not count for updates that you start yourself.',
    de: 'Ihre Freigabe zählt nicht für Aktualisierungen, die Sie selbst starten.',
  },
  bringsProfiles: {
    en: 'The bundle brings device profiles: you also approve how these units are driven.',
    de: 'Das Bundle bringt Geräteprofile mit: Sie geben auch frei, wie diese Geräte angesprochen werden.',
  },
  takeBack: { en: 'Withdraw', de: 'Zurücknehmen' },
  takeBackName: { en: 'Withdraw “{meaning}” of {time}', de: '„{meaning}“ vom {time} zurücknehmen' },
  takeBackTitle: { en: 'Withdraw your approval', de: 'Ihre Freigabe zurücknehmen' },
  takeBackText: {
    en: 'Nothing is activated under it any more. A unit that is already being activated is brought to its end. This cannot be undone; you can sign again.',
    de: 'Darunter wird nichts mehr aktiviert. Ein Gerät, das schon aktiviert wird, wird zu Ende gebracht. Das lässt sich nicht rückgängig machen; Sie können neu unterschreiben.',
  },
  takeBackReason: { en: 'Why you withdraw it', de: 'Warum Sie sie zurücknehmen' },
} as const satisfies WordTable;

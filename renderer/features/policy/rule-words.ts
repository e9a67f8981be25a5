import type { WordTable } from '../../words/words.ts';

/** The rules of a policy, one plain sentence each. */
export const ruleWords = {
  signatures: { en: 'Signatures on a bundle', de: 'Unterschriften unter einem Bundle' },
  approvals: { en: 'Approvals', de: 'Freigaben' },
  execution: { en: 'Carrying out an update', de: 'Ausführung einer Aktualisierung' },
  unit: { en: 'The unit', de: 'Das Gerät' },
  everyProduct: {
    en: 'These rules are for every product that has none of its own.',
    de: 'Diese Regeln gelten für jedes Produkt, das keine eigenen hat.',
  },
  product: { en: 'These rules are for {product}.', de: 'Diese Regeln gelten für {product}.' },
  threshold: {
    en: {
      one: 'A bundle needs the signature of {count} signer.',
      other: 'A bundle needs the signatures of {count} different signers.',
    },
    de: {
      one: 'Ein Bundle braucht die Unterschrift von {count} Unterzeichner.',
      other: 'Ein Bundle braucht die Unterschriften von {count} verschiedenen Unterzeichnern.',
    },
  },
  crlRequired: {
    en: 'A current revocation list must show that no signer’s certificate was revoked.',
    de: 'Eine aktuelle Sperrliste muss zeigen, dass kein Zertifikat eines Unterzeichners widerrufen wurde.',
  },
  crlOptional: {
    en: 'A revocation list counts where the station has one; none is demanded.',
    de: 'Eine Sperrliste zählt, wenn die Station eine hat; verlangt wird keine.',
  },
  crlAge: {
    en: {
      one: 'A revocation list counts for {count} hour after it was issued.',
      other: 'A revocation list counts for {count} hours after it was issued.',
    },
    de: {
      one: 'Eine Sperrliste zählt {count} Stunde lang nach ihrer Ausstellung.',
      other: 'Eine Sperrliste zählt {count} Stunden lang nach ihrer Ausstellung.',
    },
  },
  crlAnyAge: {
    en: 'A revocation list counts until the next one is due, as it says itself.',
    de: 'Eine Sperrliste zählt, bis nach ihrer eigenen Angabe die nächste fällig ist.',
  },
  noApproval: { en: 'An update needs no approval.', de: 'Eine Aktualisierung braucht keine Freigabe.' },
  needed: {
    en: {
      one: 'An update needs the approval of {count} person.',
      other: 'An update needs the approval of {count} different people.',
    },
    de: {
      one: 'Eine Aktualisierung braucht die Freigabe von {count} Person.',
      other: 'Eine Aktualisierung braucht die Freigabe von {count} verschiedenen Personen.',
    },
  },
  approverRoles: {
    en: 'An approval counts from whoever has the role {roles}.',
    de: 'Eine Freigabe zählt von allen mit der Rolle {roles}.',
  },
  technician: { en: 'technician', de: 'Techniker' },
  approver: { en: 'approver', de: 'Freigeber' },
  administrator: { en: 'administrator', de: 'Administrator' },
  validFor: {
    en: { one: 'An approval holds for {count} hour.', other: 'An approval holds for {count} hours.' },
    de: { one: 'Eine Freigabe gilt {count} Stunde.', other: 'Eine Freigabe gilt {count} Stunden.' },
  },
  noReason: { en: 'An approval needs no reason code.', de: 'Eine Freigabe braucht keinen Grundcode.' },
  reasons: {
    en: 'An approval gives one of these reason codes: {codes}.',
    de: 'Eine Freigabe nennt einen dieser Grundcodes: {codes}.',
  },
  importerMay: {
    en: 'Whoever imported the bundle may approve it.',
    de: 'Wer das Bundle importiert hat, darf es freigeben.',
  },
  importerMayNot: {
    en: 'Whoever imported the bundle may not approve it.',
    de: 'Wer das Bundle importiert hat, darf es nicht freigeben.',
  },
  executorRoles: {
    en: 'Whoever has the role {roles} carries updates out.',
    de: 'Aktualisierungen führen alle mit der Rolle {roles} aus.',
  },
  separate: {
    en: 'Whoever approved an update may not carry it out on that approval.',
    de: 'Wer freigegeben hat, darf auf diese Freigabe hin nicht selbst aktualisieren.',
  },
  notSeparate: {
    en: 'Whoever approved an update may carry it out, too.',
    de: 'Wer freigegeben hat, darf auch selbst aktualisieren.',
  },
  anyTime: { en: 'An update may begin at any time.', de: 'Eine Aktualisierung darf jederzeit beginnen.' },
  windows: { en: 'An update may begin only {windows}.', de: 'Eine Aktualisierung darf nur beginnen: {windows}.' },
  days: { en: '{first}–{last}', de: '{first}–{last}' },
  window: { en: '{days} {from}–{to} UTC', de: '{days} {from}–{to} UTC' },
  noTest: {
    en: 'The unit’s self-test as a whole decides; no single test is demanded.',
    de: 'Es zählt der Selbsttest des Geräts im Ganzen; kein einzelner Test ist verlangt.',
  },
  tests: {
    en: 'These tests must be among the unit’s results, and passed: {tests}.',
    de: 'Diese Tests müssen unter den Ergebnissen des Geräts sein und bestanden: {tests}.',
  },
  testTime: {
    en: { one: 'The self-test may take {count} second.', other: 'The self-test may take {count} seconds.' },
    de: { one: 'Der Selbsttest darf {count} Sekunde dauern.', other: 'Der Selbsttest darf {count} Sekunden dauern.' },
  },
  revert: {
    en: 'A unit whose self-test fails goes back to its old firmware.',
    de: 'Ein Gerät, dessen Selbsttest fehlschlägt, kehrt zur alten Firmware zurück.',
  },
  hold: {
    en: 'A unit whose self-test fails stays in its test run for a person to look at; its next restart brings the old firmware back.',
    de: 'Ein Gerät, dessen Selbsttest fehlschlägt, bleibt im Testlauf, damit jemand nachsieht; sein nächster Neustart bringt die alte Firmware zurück.',
  },
  noRetry: {
    en: 'A failed transfer to the unit is not tried again.',
    de: 'Eine fehlgeschlagene Übertragung zum Gerät wird nicht wiederholt.',
  },
  retries: {
    en: {
      one: 'A failed transfer to the unit is tried again {count} time.',
      other: 'A failed transfer to the unit is tried again {count} times.',
    },
    de: {
      one: 'Eine fehlgeschlagene Übertragung zum Gerät wird {count} Mal wiederholt.',
      other: 'Eine fehlgeschlagene Übertragung zum Gerät wird {count} Mal wiederholt.',
    },
  },
  reboot: {
    en: {
      one: 'A unit has {count} second after its restart to answer.',
      other: 'A unit has {count} seconds after its restart to answer.',
    },
    de: {
      one: 'Ein Gerät hat nach dem Neustart {count} Sekunde Zeit für seine Antwort.',
      other: 'Ein Gerät hat nach dem Neustart {count} Sekunden Zeit für seine Antwort.',
    },
  },
} as const satisfies WordTable;

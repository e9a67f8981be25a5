import type { PolicyDocument } from '../../../contract/schema/policy.ts';
import { formatList } from '../../words/format-list.ts';
import { language } from '../../words/language.svelte.ts';
import { say } from '../../words/say.ts';
import { ruleWords } from './rule-words.ts';
import { sayWindow } from './say-window.ts';

export type RuleGroup = 'signatures' | 'approvals' | 'execution' | 'unit';

/** One rule of a policy in a plain sentence; `path` is the field's, as the station names it in a difference. */
export interface Rule {
  readonly path: string;
  readonly group: RuleGroup;
  readonly sentence: string;
}

/** Every rule of a policy, in the order of its documentation (docs/policy.md), in the language of the window. */
export function rulesOf(document: PolicyDocument): readonly Rule[] {
  return [...signatureRules(document), ...approvalRules(document), ...executionRules(document), ...unitRules(document)];
}

function signatureRules({ product, signatures, revocation }: PolicyDocument): Rule[] {
  const maxAge = revocation?.maxAgeHours ?? null;
  return rulesIn('signatures', {
    product: product === '*' ? say(ruleWords.everyProduct) : say(ruleWords.product, { product }),
    'signatures.threshold': say(ruleWords.threshold, { count: signatures.threshold }),
    'revocation.crl': say(revocation?.crl === 'required' ? ruleWords.crlRequired : ruleWords.crlOptional),
    'revocation.maxAgeHours': maxAge === null ? say(ruleWords.crlAnyAge) : say(ruleWords.crlAge, { count: maxAge }),
  });
}

function approvalRules({ approvals }: PolicyDocument): Rule[] {
  const { required, roles, validForHours, reasonCodes, importerMayApprove } = approvals;
  return rulesIn('approvals', {
    'approvals.required': required === 0 ? say(ruleWords.noApproval) : say(ruleWords.needed, { count: required }),
    'approvals.roles': say(ruleWords.approverRoles, { roles: sayRoles(roles) }),
    'approvals.validForHours': say(ruleWords.validFor, { count: validForHours }),
    'approvals.reasonCodes':
      reasonCodes.length === 0
        ? say(ruleWords.noReason)
        : say(ruleWords.reasons, { codes: formatList(language(), reasonCodes, 'or') }),
    'approvals.importerMayApprove': say(importerMayApprove ? ruleWords.importerMay : ruleWords.importerMayNot),
  });
}

function executionRules({ execution, updateWindows }: PolicyDocument): Rule[] {
  return rulesIn('execution', {
    'execution.roles': say(ruleWords.executorRoles, { roles: sayRoles(execution.roles) }),
    'execution.separateFromApprover': say(execution.separateFromApprover ? ruleWords.separate : ruleWords.notSeparate),
    updateWindows:
      updateWindows.length === 0
        ? say(ruleWords.anyTime)
        : say(ruleWords.windows, { windows: formatList(language(), updateWindows.map(sayWindow), 'or') }),
  });
}

function unitRules({ selfTest, onSelfTestFailure, retries, timeouts }: PolicyDocument): Rule[] {
  return rulesIn('unit', {
    'selfTest.required':
      selfTest.required.length === 0
        ? say(ruleWords.noTest)
        : say(ruleWords.tests, { tests: formatList(language(), selfTest.required) }),
    'selfTest.timeoutSeconds': say(ruleWords.testTime, { count: selfTest.timeoutSeconds }),
    onSelfTestFailure: say(onSelfTestFailure === 'revert' ? ruleWords.revert : ruleWords.hold),
    'retries.stage': retries.stage === 0 ? say(ruleWords.noRetry) : say(ruleWords.retries, { count: retries.stage }),
    'timeouts.rebootSeconds': say(ruleWords.reboot, { count: timeouts.rebootSeconds }),
  });
}

function rulesIn(group: RuleGroup, sentences: Readonly<Record<string, string>>): Rule[] {
  return Object.entries(sentences).map(([path, sentence]) => ({ path, group, sentence }));
}

function sayRoles(roles: PolicyDocument['execution']['roles']): string {
  return formatList(
    language(),
    roles.map((role) => say(ruleWords[role])),
    'or',
  );
}

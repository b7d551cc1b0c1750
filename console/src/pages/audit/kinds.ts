import { useTranslation } from 'react-i18next';

/** The kinds of orders that there are, in the order of a day's work. */
export const KINDS = [
  'hold',
  'release',
  'bulk hold',
  'bulk release',
  'stop bulk',
  'escalate',
  'skip',
  'promise',
  'dispute',
  'resolveDispute',
  'assignTask',
  'finishTask',
  'printLetter',
  'withdrawProposal',
  'request override',
  'approve override',
  'reject override',
  'withdraw override',
  'endOverride',
  'request waiver',
  'approve waiver',
  'reject waiver',
  'withdraw waiver',
  'draftPolicy',
  'replaceDraft',
  'withdrawDraft',
  'request policyActivation',
  'approve policyActivation',
  'reject policyActivation',
  'withdraw policyActivation',
  'openCampaign',
  'scheduleCampaigns',
  'pauseCampaignSchedules',
  'resumeCampaignSchedules',
  'removeCampaignSchedules',
  'gradeMonth',
  'import',
  'export',
  'addUser',
  'changeUser',
  'setPassword',
  'endSessions',
  'issueToken',
  'revokeToken',
  'signIn',
  'signInLock',
  'signOut',
] as const;

/** A kind in words; one that this console does not know stands as it is. */
export function useKind(): (kind: string) => string {
  const { t, i18n } = useTranslation('audit');
  return (kind) => (i18n.exists(`audit:kindOf.${kind}`) ? t(`kindOf.${kind}`) : kind);
}

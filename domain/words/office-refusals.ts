/** Rows of the table of refusals (refusals.ts): what is refused about policies, approvals, many customers at once, people and files. */
export const OFFICE_REFUSALS = {
  noUser: { en: 'There is no user {username}.', 'zh-CN': '没有用户 {username}。' },
  noApproval: { en: 'There is no approval {id}.', 'zh-CN': '没有编号为 {id} 的审批单。' },
  noCustomersYet: {
    en: 'There are no customers. Import some first.',
    'zh-CN': '还没有客户，请先导入。',
  },
  userThere: { en: 'There is a user {username} already.', 'zh-CN': '已有用户 {username}。' },
  policyThere: {
    en: 'There is a policy {id} already. A version never changes; choose another id.',
    'zh-CN': '已有策略 {id}。版本一经保存不再改变，请另取编号。',
  },
  noPolicy: { en: 'There is no policy {id}.', 'zh-CN': '没有编号为 {id} 的策略。' },
  idUsed: {
    en: 'The id {id} was used for another order.',
    'zh-CN': '编号 {id} 已用于另一项操作，请重新提交。',
  },
  rungOther: {
    en: 'Bill {billNo}: {step} was a {kind} and is a {now} in {policyId}.',
    'zh-CN': '账单 {billNo}：步骤 {step} 原为{kind|steps}，在策略 {policyId} 中是{now|steps}。',
  },
  rungRenamed: {
    en: 'Bill {billNo}: {step} was taken and may be called {other} in {policyId}.',
    'zh-CN': '账单 {billNo}：步骤 {step} 已执行，在策略 {policyId} 中可能改称 {other}。',
  },
  tokenNone: {
    en: '{username} has no token {id} in use.',
    'zh-CN': '{username} 没有使用中的令牌 {id}。',
  },
  notOneself: {
    en: 'Nobody may disable himself or change his own role. Ask another administrator.',
    'zh-CN': '不能停用自己或改变自己的角色，请找另一位管理员。',
  },
  lastAdministrator: {
    en: '{username} is the last administrator. Make another one first.',
    'zh-CN': '{username} 是最后一位管理员，请先添加另一位。',
  },
  subjectTaken: {
    en: '{username} has this subject already.',
    'zh-CN': '{username} 已使用这个身份标识。',
  },
  ownPassword: {
    en: 'Change your own password at /session/password, which asks for the current one.',
    'zh-CN': '请用“修改密码”更改自己的密码，那里要核对当前密码。',
  },
  otherPassword: { en: 'The current password is another one.', 'zh-CN': '当前密码不正确。' },
  tokenSignedIn: {
    en: 'A token is not signed in. Revoke it instead.',
    'zh-CN': '令牌不是登录，请改为作废令牌。',
  },
  wrongSignIn: { en: 'The name or the password is wrong.', 'zh-CN': '用户名或密码不正确。' },
  noMonthOpen: { en: 'No month is open.', 'zh-CN': '没有进行中的月度催收。' },
  monthUnder: {
    en: 'The month is under {policyId} already.',
    'zh-CN': '这个月已按策略 {policyId} 执行。',
  },
  approvalDecided: {
    en: 'Approval {id} was {decision} by {who} already.',
    'zh-CN': '审批单 {id} 已由 {who} 处理：{decision|decisions}。',
  },
  approvalNotYours: {
    en: 'Approval {id} was asked for by {who}, who alone can withdraw it.',
    'zh-CN': '审批单 {id} 由 {who} 提出，只有本人可以撤回。',
  },
  approvalYours: {
    en: 'You asked for approval {id} yourself: another person has to {decision} it.',
    'zh-CN': '审批单 {id} 是您自己提出的，必须由另一人决定。',
  },
  approvalWaits: {
    en: 'Approval {id} asks for this already. Decide or withdraw it first.',
    'zh-CN': '审批单 {id} 已提出同样的申请，请先决定或撤回。',
  },
  draftWaits: {
    en: 'Approval {id} asks to activate policy {policyId} as it is. Decide or withdraw it first.',
    'zh-CN': '审批单 {id} 正申请启用策略 {policyId} 的现有内容，请先决定或撤回。',
  },
  noLonger: {
    en: 'This can no longer be done; it can be rejected. {why}',
    'zh-CN': '现在已不能执行，可以驳回。{why|refusal}',
  },
  nobodyFits: {
    en: 'No customer fits; nothing would be done.',
    'zh-CN': '没有符合条件的客户，不会有任何改变。',
  },
  othersFit: {
    en: '{now} customers fit now, not {told}. Look again.',
    'zh-CN': '现在有 {now} 户符合条件，不是 {told} 户。请重新查看。',
  },
  beginsPast: { en: 'An order cannot begin in the past.', 'zh-CN': '操作不能从过去的时间开始。' },
  bulkOver: { en: 'Bulk order {id} does not run.', 'zh-CN': '批量操作 {id} 不在进行中。' },
  policyBroken: {
    en: 'The policy cannot be taken. {faults}',
    'zh-CN': '策略不能保存。{faults|faults}',
  },
  policyOtherKind: {
    en: 'Policy {id} is of another kind. Draft a {kind} policy under another id.',
    'zh-CN': '策略 {id} 是另一种策略，请另取编号起草。',
  },
  policyNoLadder: {
    en: 'Policy {id} is a {kind} policy; a month is pinned to a ladder.',
    'zh-CN': '策略 {id} 不是催收阶梯，月度催收只能按阶梯执行。',
  },
  policyNotYet: {
    en: 'Policy {id} is not in force by then: two people activate it first.',
    'zh-CN': '策略 {id} 届时尚未生效，要先由两人启用。',
  },
  policyWas: {
    en: 'Policy {id} was activated. A version never changes; draft another.',
    'zh-CN': '策略 {id} 已启用。版本不再改变，请另行起草。',
  },
  policyActive: { en: 'Policy {id} is active already.', 'zh-CN': '策略 {id} 已经启用。' },
  policyLate: {
    en: 'Policy {id} would be in force from {from}, which is past. Draft it with a day from {today} on.',
    'zh-CN': '策略 {id} 的生效日 {from} 已过，请改为 {today} 或以后。',
  },
  policyNoMessages: {
    en: 'Policy {id} grades; it has no messages.',
    'zh-CN': '策略 {id} 用于评级，没有消息。',
  },
  policiesDiffer: {
    en: '{before} is a {kind} policy and {id} a {other} policy: they cannot be compared.',
    'zh-CN': '{before} 与 {id} 不是同一种策略，不能比较。',
  },
  policyFault: { en: 'Policy {id}: {path}: {fault}.', 'zh-CN': '策略 {id}：{path}：{fault}。' },
  fileGone: {
    en: 'The file was cleared away before it was whole.',
    'zh-CN': '文件还没有收完就被清除了，请重新导入。',
  },
  clockLive: {
    en: "asOf moves the station's clock, which is refused while DELIVERY=live.",
    'zh-CN': 'asOf 会改变供电所的时钟，DELIVERY=live 时不允许。',
  },
  noIdentityProvider: {
    en: 'No identity provider is set up (OIDC_ISSUER).',
    'zh-CN': '没有设置统一身份认证（OIDC_ISSUER）。',
  },
  exportAgain: {
    en: 'The id {id} was used. Each export is an order of its own.',
    'zh-CN': '编号 {id} 已用过，每次导出是一项单独的操作。',
  },
  notEncrypted: {
    en: 'Nothing is encrypted here: TEMPORAL_CODEC_KEYS is absent.',
    'zh-CN': '这里没有加密：未设置 TEMPORAL_CODEC_KEYS。',
  },
  simulationRuns: {
    en: 'A simulation of {id} is under way. Wait for it, or stop it.',
    'zh-CN': '{id} 正在试算中，请等它结束，或先停止。',
  },
  simulationOver: { en: 'Simulation {id} has ended already.', 'zh-CN': '试算 {id} 已经结束。' },
  daysReversed: {
    en: 'The last day must not be before the first.',
    'zh-CN': '截止日不能早于起始日。',
  },
  noneInForce: { en: 'No policy is in force on {day}.', 'zh-CN': '{day|day} 没有生效的策略。' },
  noneToCompare: {
    en: 'There is no {kind} policy {against} to hold {id} against.',
    'zh-CN': '没有可以与 {id} 对比的策略 {against}。',
  },
  notAgainstItself: {
    en: 'Policy {id} cannot be held against itself.',
    'zh-CN': '策略 {id} 不能与自身对比。',
  },
  workerEnded: { en: 'The worker ended.', 'zh-CN': '处理进程中断了。' },
} as const satisfies Readonly<Record<string, Readonly<Record<'en' | 'zh-CN', string>>>>;

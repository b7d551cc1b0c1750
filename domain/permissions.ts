/** What a person may be allowed to do. Every route of the API names one; the console and the CLI ask for nothing else. */
export const permissions = [
  'customer.read',
  'customer.erase',
  'money.read',
  'payment.record',
  'message.read',
  'hold.place',
  'hold.release',
  'hold.station',
  'hold.everything',
  'cycle.escalate',
  'step.skip',
  'dispute.open',
  'dispute.resolve',
  'promise.record',
  'task.read',
  'task.assign',
  'task.finish',
  'task.review',
  'letter.print',
  'proposal.read',
  'proposal.decide',
  'grade.read',
  'grade.override',
  'penalty.waive',
  'approval.read',
  'approval.decide',
  'policy.read',
  'policy.draft',
  'policy.simulate',
  'policy.activate',
  'policy.migrate',
  'campaign.read',
  'campaign.open',
  'recovery.read',
  'import.read',
  'import.write',
  'export.read',
  'bulk.order',
  'staff.read',
  'staff.write',
  'token.own',
  'audit.read',
  'system.read',
] as const;
export type Permission = (typeof permissions)[number];

export const roles = ['clerk', 'collector', 'supervisor', 'administrator', 'auditor'] as const;
export type Role = (typeof roles)[number];

const everyone: readonly Permission[] = [
  'customer.read',
  'money.read',
  'message.read',
  'task.read',
  'proposal.read',
  'grade.read',
  'policy.read',
  'campaign.read',
  'recovery.read',
  'token.own',
];
const clerk: readonly Permission[] = [
  ...everyone,
  'payment.record',
  'hold.place',
  'dispute.open',
  'promise.record',
  'task.finish',
  'letter.print',
  'import.read',
  'import.write',
];
const collector: readonly Permission[] = [
  ...everyone,
  'dispute.open',
  'promise.record',
  'task.finish',
  'letter.print',
  'proposal.decide',
];
const supervisor: readonly Permission[] = [
  ...clerk,
  'hold.release',
  'hold.station',
  'hold.everything',
  'cycle.escalate',
  'step.skip',
  'dispute.resolve',
  'task.assign',
  'task.review',
  'proposal.decide',
  'grade.override',
  'penalty.waive',
  'approval.read',
  'approval.decide',
  'policy.draft',
  'policy.simulate',
  'policy.activate',
  'policy.migrate',
  'campaign.open',
  'export.read',
  'bulk.order',
  'audit.read',
  'system.read',
];

/**
 * The one table of who may do what. An administrator runs the machine and the people, not the customers' collection, but can stop it; an
 * auditor reads all and changes nothing. Source: design 5, "Roles".
 */
export const permissionsOf: Readonly<Record<Role, readonly Permission[]>> = {
  clerk,
  collector,
  supervisor,
  administrator: [
    ...everyone,
    'hold.place',
    'customer.erase',
    'hold.everything',
    'hold.release',
    'approval.read',
    'import.read',
    'import.write',
    'campaign.open',
    'staff.read',
    'staff.write',
    'export.read',
    'audit.read',
    'system.read',
  ],
  auditor: [
    ...everyone.filter((permission) => permission !== 'token.own'),
    'approval.read',
    'import.read',
    'staff.read',
    'export.read',
    'audit.read',
    'system.read',
  ],
};

/** Who is acting: a person, by a session or by a token that may be narrower than the person. */
export type Principal = Readonly<{
  username: string;
  role: Role;
  /** Null: all stations. */
  stations: readonly string[] | null;
  /** The name that tasks carry for this person, such as `collector:TB01`. */
  assignee: string | null;
  /** What a token was limited to; null: everything the role may. */
  scopes: readonly Permission[] | null;
}>;

/** Whether the role may, and the token was not limited to something else. */
export const may = ({ role, scopes }: Principal, permission: Permission): boolean =>
  permissionsOf[role].includes(permission) && (scopes === null || scopes.includes(permission));

/** Whether the station is one of the person's. What is of no station (null) is for those who have all of them. */
export const sees = ({ stations }: Principal, station: string | null): boolean =>
  stations === null || (station !== null && stations.includes(station));

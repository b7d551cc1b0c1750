import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, parseAllDocuments } from 'yaml';
import { names } from '../../config/variables';

const folder = join(__dirname, '..', '..', 'kubernetes');
const read = (file: string): string => readFileSync(join(folder, file), 'utf8');
const files = readdirSync(folder).filter((name) => name !== 'kustomization.yaml');

type Container = Readonly<{
  args: string[];
  env?: { name: string; value: string }[];
  ports?: { name: string; containerPort: number }[];
  securityContext: Record<string, unknown>;
  volumeMounts: { name: string; mountPath: string; readOnly?: boolean }[];
  resources: { requests: Record<string, string>; limits: Record<string, string> };
}>;
type Pod = Readonly<{
  automountServiceAccountToken: boolean;
  terminationGracePeriodSeconds?: number;
  securityContext: Record<string, unknown>;
  containers: [Container];
  volumes: { name: string; secret?: { secretName: string; defaultMode: number } }[];
}>;
type Resource = Readonly<{
  kind: string;
  metadata: { name: string; namespace?: string };
  data?: Record<string, string>;
  spec?: { replicas?: number; template?: { spec: Pod } };
}>;

// No cluster is where these tests run; `npm run lint:kubernetes` holds the files against Kubernetes' own schemas.
const every = files.flatMap((file) =>
  parseAllDocuments(read(file)).map((document) => document.toJS() as Resource),
);
const pods = every.flatMap(({ metadata, spec }) =>
  spec?.template === undefined ? [] : [{ name: metadata.name, pod: spec.template.spec }],
);
const podOf = (name: string): Pod => {
  const found = pods.find((one) => one.name === name);
  if (found === undefined) throw new Error(`no pod ${name}`);
  return found.pod;
};
const settings = every.find(({ kind }) => kind === 'ConfigMap')?.data ?? {};

test('the list of what is put together names every file, and one namespace holds it', () => {
  const { resources, namespace } = parse(read('kustomization.yaml')) as {
    resources: string[];
    namespace: string;
  };
  expect([...resources].sort()).toEqual([...files].sort());
  for (const { kind, metadata } of every)
    if (kind !== 'Namespace') expect(metadata.namespace).toBe(namespace);
});

test('the migration, workers and APIs run, the last two more than once', () => {
  expect(pods.map(({ name, pod }) => [name, pod.containers[0].args[0]])).toEqual(
    expect.arrayContaining([
      ['migrate', 'db'],
      ['worker', 'worker'],
      ['api', 'api'],
    ]),
  );
  const replicas = every.flatMap(({ kind, spec }) =>
    kind === 'Deployment' ? [spec?.replicas] : [],
  );
  expect(replicas).toEqual([2, 2]);
});

test('nothing is sent unless delivery is set to live', () => {
  expect(settings['DELIVERY']).toBe('capture');
});

test('Tarim is given only variables that it reads', () => {
  const readable = new Set(['TZ', ...names.flatMap((name) => [name, `${name}_FILE`])]);
  const given = pods.flatMap(({ pod }) => (pod.containers[0].env ?? []).map(({ name }) => name));
  expect([...Object.keys(settings), ...given].filter((name) => !readable.has(name))).toEqual([]);
});

test('no pod is root, writes to its image, gains privileges or speaks to the cluster', () => {
  for (const { pod } of pods) {
    expect(pod.automountServiceAccountToken).toBe(false);
    expect(pod.securityContext).toMatchObject({
      runAsNonRoot: true,
      seccompProfile: { type: 'RuntimeDefault' },
    });
    const [{ securityContext, resources }] = pod.containers;
    expect(securityContext).toEqual({
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ['ALL'] },
    });
    expect(resources.limits['memory']).toBeDefined();
    expect(resources.requests['cpu']).toBeDefined();
  }
});

test('secrets are files that nobody else reads, and the tables belong to the migration alone', () => {
  const secretsOf = (name: string) =>
    podOf(name).volumes.flatMap(({ secret }) => (secret === undefined ? [] : [secret]));
  expect(secretsOf('worker')).toEqual([{ secretName: 'tarim', defaultMode: 0o440 }]);
  expect(secretsOf('api')).toEqual(secretsOf('worker'));
  expect(secretsOf('migrate')).toEqual([{ secretName: 'tarim-owner', defaultMode: 0o440 }]);
  expect(every.filter(({ kind }) => kind === 'Secret')).toEqual([]);
  for (const path of [settings['DATABASE_URL_FILE'] ?? ''])
    expect(podOf('worker').containers[0].volumeMounts.map(({ mountPath }) => mountPath)).toContain(
      path.replace(/\/[^/]+$/, ''),
    );
});

test('worker and API have longer to stop than they give to what is under way', () => {
  for (const name of ['worker', 'api']) expect(podOf(name).terminationGracePeriodSeconds).toBe(40);
});

test('the figures of a worker are where the variable says', () => {
  const [{ env = [], ports = [] }] = podOf('worker').containers;
  const port = env.find(({ name }) => name === 'WORKER_METRICS')?.value.split(':')[1];
  expect(ports).toEqual([{ name: 'metrics', containerPort: Number(port) }]);
});

import { run } from './run';

const { env, stdout, stderr, argv } = process;

// Whoever reads the first lines of a long list and goes is no failure.
stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit();
});

const terminal = {
  env,
  stdout,
  say: (text: string) => void stderr.write(text),
  columns: stdout.isTTY ? stdout.columns : Infinity,
  colour: stdout.isTTY && !env['NO_COLOR'],
};
void run(argv.slice(2), terminal).then((code) => {
  process.exitCode = code;
});

/** Files, descriptors and processes: calls of the C library. */
import { bytes, fd, number, process, text, trap, words, type Call } from '../call.ts'

const O = ['O_RDONLY', 'O_WRONLY', 'O_RDWR', 'O_CLOEXEC', 'O_NONBLOCK', 'O_APPEND', 'O_ASYNC']
const same = (answer: number): number => answer

export default [
  { name: 'open', docs: 'Opens a device node. Gives the lowest free number.', done: '{actor} has **descriptor {result}**: an open file of its own on that device, without any handle yet.', params: [text('path'), words('flags', O, ['O_RDWR', 'O_CLOEXEC'])], gives: 'fd', ask: trap('open'), value: same },
  {
    name: 'reopen', docs: 'Opens /proc/self/fd/N: the same file once more, if it lies in a directory.', params: [fd('fd'), words('flags', O, ['O_RDWR', 'O_CLOEXEC'])], gives: 'fd',
    ask: trap('open', a => ({ path: `/proc/self/fd/${a.fd}`, flags: a.flags })), value: same,
  },
  { name: 'close', docs: 'Gives a number back; the file goes when nothing else holds it.', done: '**One name less** for that open file; it goes when nothing else holds it.', params: [fd('fd')], ask: trap('close') },
  { name: 'dup', docs: 'A second number for the same open file.', done: '**Descriptor {result}** is a second number for the same open file: same mode, same handles.', params: [fd('fd')], gives: 'fd', ask: trap('dup'), value: same },
  {
    name: 'fcntl', docs: 'Flags of a number (FD), of its file (FL), or seals of a memory file.',
    params: [
      fd('fd'), words('cmd', ['F_GETFD', 'F_SETFD', 'F_GETFL', 'F_SETFL', 'F_ADD_SEALS', 'F_GET_SEALS']),
      words('arg', ['FD_CLOEXEC', ...O, 'F_SEAL_SEAL', 'F_SEAL_SHRINK', 'F_SEAL_GROW', 'F_SEAL_WRITE', 'F_SEAL_FUTURE_WRITE'], []),
    ],
    ask: trap('fcntl', ({ fd, cmd, arg }) => ({ fd, cmd: cmd[0], arg })),
  },
  {
    name: 'lseek', docs: 'Moves in a file; SEEK_END with 0 tells the size of a dma-buf.',
    params: [fd('fd'), number('offset'), words('whence', ['SEEK_SET', 'SEEK_CUR', 'SEEK_END', 'SEEK_DATA', 'SEEK_HOLE', 'SEEK_OTHER'])], gives: 'position',
    ask: trap('lseek', ({ fd, offset, whence }) => ({ fd, offset, whence: whence[0] })), value: same,
  },
  { name: 'read', docs: 'Reads from a file.', params: [fd('fd'), number('count', 4)], ask: trap('read'), value: (answer: { count: number }) => answer.count },
  { name: 'write', docs: 'Writes bytes, in hexadecimal, to a file.', params: [fd('fd'), bytes('bytes', '00')], ask: trap('write'), value: same },
  {
    name: 'fallocate', docs: 'Makes room in a memory file, or a hole.',
    params: [fd('fd'), words('mode', ['FALLOC_FL_PUNCH_HOLE', 'FALLOC_FL_KEEP_SIZE']), number('offset'), number('length')], ask: trap('fallocate'),
  },
  { name: 'ftruncate', docs: 'Sets the size of a memory file.', params: [fd('fd'), number('length')], ask: trap('ftruncate') },
  { name: 'fstat', docs: 'Inode number, type, mode and size of a file.', params: [fd('fd')], ask: trap('fstat') },
  { name: 'fdinfo', docs: 'What /proc/self/fdinfo/N says.', params: [fd('fd')], ask: trap('fdinfo') },
  {
    name: 'kcmp', docs: 'Do two numbers, perhaps of two processes, name the same open file? 0: yes.', params: [process('process'), fd('fd'), fd('fd2')],
    ask: trap('kcmp', ({ process, fd, fd2 }) => ({ task2: process, fd, fd2 })), value: same,
  },
  { name: 'poll', docs: 'What is ready now; does not wait.', params: [fd('fd'), words('events', ['POLLIN', 'POLLOUT'], ['POLLIN', 'POLLOUT'])], ask: trap('poll') },
  { name: 'sendmsg', docs: 'Sends an open file to another process (SCM_RIGHTS).', done: 'The descriptor is sent. {actor} **keeps its own number** until it closes it.', params: [process('to'), fd('fd')], ask: trap('sendmsg') },
  { name: 'recvmsg', docs: 'Receives a file that another process sent; waits for it.', done: '{actor} has **descriptor {result}**: the very file that was sent, in the mode it was opened with.', params: [process('from', null)], gives: 'fd', ask: trap('recvmsg', () => ({})), value: same },
  { name: 'send', docs: 'Sends a message without a file: go on.', done: 'The other process **may go on**.', params: [process('to')], ask: trap('send') },
  { name: 'recv', docs: 'Waits for a message without a file; goes on as well when the other process is gone.', done: '{actor} **goes on**.', params: [process('from')], ask: trap('recv') },
  {
    name: 'fork', docs: 'The named process begins as a copy of this one: same files, same mappings, same names.', params: [process('child')], gives: 'pid',
    ask: trap('fork', ({ child }) => ({ child, name: (child as string).slice(5) })), value: same,
  },
  { name: 'spawn', docs: 'The named process begins with nothing open.', params: [process('child')], ask: ({ child }) => ({ ask: 'spawn', task: child }) },
  { name: 'exit', docs: 'Ends this process: its mappings go first, then its files.', params: [], ask: trap('exit', () => ({ how: 'exit' })) },
  { name: 'setuid', docs: 'Becomes an ordinary user.', params: [number('uid', 1000)], ask: trap('setuid') },
  {
    name: 'sigaction', docs: 'From here on these signals do not end this process: the access that caused one fails, and the next line runs.',
    params: [words('signals', ['SIGSEGV', 'SIGBUS'])], ask: ({ signals }) => ({ ask: 'catch', signals }),
  },
] satisfies Call[]

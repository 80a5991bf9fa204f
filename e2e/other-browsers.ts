/** Firefox and WebKitGTK, each through its own remote control, where they are installed: enough of it to open a file, press keys and ask the page. */
import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { connect, createServer, type AddressInfo, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export interface Driven {
  open(url: string): Promise<void>
  press(key: string): Promise<void>
  /** What a script of the page returns, as data. */
  ask<T>(script: string): Promise<T>
  close(): Promise<void>
}

/** Of the window: two benches have room in it. */
const SIZE = { width: 1440, height: 900 }

/** Keys as WebDriver writes them. */
const KEYS: Readonly<Record<string, string>> = { ArrowRight: '\uE014', ArrowLeft: '\uE012', Home: '\uE011', End: '\uE010', PageDown: '\uE00F', PageUp: '\uE00E', Escape: '\uE00C' }
const pressed = (key: string) => [{ type: 'key', id: 'keys', actions: ['keyDown', 'keyUp'].map((type) => ({ type, value: KEYS[key] ?? key })) }]

const has = (command: string): boolean => spawnSync('which', [command]).status === 0
const freePort = (): Promise<number> => new Promise((found) => {
  const server = createServer().listen(0, '127.0.0.1', () => {
    const { port } = server.address() as AddressInfo
    server.close(() => found(port))
  })
})

/** Until something answers. */
async function untilThere<T>(ask: () => Promise<T>): Promise<T> {
  for (let tries = 0; ; tries++) {
    try {
      return await ask()
    } catch (error) {
      if (tries > 100) throw error
      await new Promise((go) => setTimeout(go, 200))
    }
  }
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const gone = new Promise((go) => child.once('exit', go))
  // With all that it has started; what does not listen is not asked twice.
  process.kill(-child.pid!, 'SIGTERM')
  const late = setTimeout(() => process.kill(-child.pid!, 'SIGKILL'), 3000)
  await gone
  clearTimeout(late)
}

/** Marionette: commands and answers as JSON on a socket, each with its length before it. */
class Marionette {
  private got = Buffer.alloc(0)
  private last = 0
  private readonly waiting = new Map<number, { done(value: unknown): void; failed(error: Error): void }>()

  constructor(private readonly socket: Socket) {
    socket.on('data', (bytes: Buffer) => {
      this.got = Buffer.concat([this.got, bytes])
      this.take()
    })
  }

  private take(): void {
    for (;;) {
      const colon = this.got.indexOf(':')
      const length = Number(this.got.subarray(0, colon).toString())
      if (colon < 0 || this.got.length < colon + 1 + length) return
      const message = JSON.parse(this.got.subarray(colon + 1, colon + 1 + length).toString()) as [number, number, { message: string } | null, { value?: unknown }]
      this.got = this.got.subarray(colon + 1 + length)
      if (!Array.isArray(message)) continue
      const [, id, error, result] = message
      const waits = this.waiting.get(id)
      this.waiting.delete(id)
      if (error) waits?.failed(new Error(error.message))
      else waits?.done(result?.value ?? null)
    }
  }

  send(command: string, parameters: object = {}): Promise<unknown> {
    const text = JSON.stringify([0, ++this.last, `WebDriver:${command}`, parameters])
    this.socket.write(`${Buffer.byteLength(text)}:${text}`)
    return new Promise((done, failed) => this.waiting.set(this.last, { done, failed }))
  }
}

async function firefox(command: string): Promise<Driven> {
  const port = await freePort()
  const profile = mkdtempSync(join(tmpdir(), 'firefox-'))
  writeFileSync(join(profile, 'user.js'), `user_pref("marionette.port", ${port});\n`)
  const child = spawn(command, ['--headless', '--no-remote', '--profile', profile, '--marionette'], { detached: true, stdio: 'ignore' })
  const socket = await untilThere(() => new Promise<Socket>((done, failed) => {
    const socket = connect(port, '127.0.0.1', () => done(socket)).once('error', failed)
  }))
  const wire = new Marionette(socket)
  await wire.send('NewSession', { capabilities: { alwaysMatch: {} } })
  await wire.send('SetWindowRect', SIZE)
  return {
    open: async (url) => void await wire.send('Navigate', { url }),
    press: async (key) => void await wire.send('PerformActions', { actions: pressed(key) }),
    ask: async <T>(script: string) => (await wire.send('ExecuteScript', { script, args: [] })) as T,
    async close() {
      socket.destroy()
      await end(child)
      rmSync(profile, { recursive: true, force: true, maxRetries: 5 })
    },
  }
}

async function webkit(program: string): Promise<Driven> {
  const port = await freePort()
  const child = spawn('xvfb-run', ['-a', '-s', `-screen 0 ${SIZE.width}x${SIZE.height}x24`, 'WebKitWebDriver', `--port=${port}`], { detached: true, stdio: 'ignore' })
  async function call<T>(method: 'POST' | 'DELETE', path: string, body?: object): Promise<T> {
    const answer = await fetch(`http://127.0.0.1:${port}${path}`, { method, ...(body && { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }) })
    const { value } = (await answer.json()) as { value: T & { error?: string; message?: string } | null }
    if (value?.error) throw new Error(`${value.error}: ${value.message}`)
    return value as T
  }
  const { sessionId } = await untilThere(() => call<{ sessionId: string }>('POST', '/session', { capabilities: { alwaysMatch: { 'webkitgtk:browserOptions': { binary: program, args: ['--automation'] } } } }))
  const at = `/session/${sessionId}`
  await call('POST', `${at}/window/rect`, { x: 0, y: 0, ...SIZE })
  return {
    open: async (url) => void await call('POST', `${at}/url`, { url }),
    press: async (key) => void await call('POST', `${at}/actions`, { actions: pressed(key) }),
    ask: (script) => call('POST', `${at}/execute/sync`, { script, args: [] }),
    async close() {
      await call('DELETE', at).catch(() => undefined)
      await end(child)
    },
  }
}

/** Those that are installed, by name. */
export const others: readonly (readonly [string, () => Promise<Driven>])[] = (() => {
  const fox = ['firefox-esr', 'firefox'].find(has)
  const mini = spawnSync('find', ['/usr/lib', '/usr/libexec', '-name', 'MiniBrowser'], { encoding: 'utf8' }).stdout?.split('\n').find((path) => path.includes('webkit'))
  return [
    ...(fox ? [['Firefox', () => firefox(fox)] as const] : []),
    ...(mini && has('WebKitWebDriver') && has('xvfb-run') ? [['WebKitGTK', () => webkit(mini)] as const] : []),
  ]
})()

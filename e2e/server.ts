/** A server of files that can be stopped, and started again with other files. */
import { readFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { extname, join } from 'node:path'

const TYPES: Readonly<Record<string, string>> = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css', '.json': 'application/json', '.png': 'image/png', '.woff2': 'font/woff2', '.gz': 'application/gzip' }

export class FileServer {
  folder: string
  port = 0
  /** Paths, in order. */
  readonly asked: string[] = []
  private server: Server | null = null
  constructor(folder: string) { this.folder = folder }
  get url(): string { return `http://127.0.0.1:${this.port}/` }

  start(): Promise<void> {
    const server = (this.server = createServer((request, response) => {
      const path = request.url!.replace(/\?.*/, '').replace(/\/$/, '/index.html')
      this.asked.push(path)
      readFile(join(this.folder, path)).then((bytes) => response.setHeader('content-type', TYPES[extname(path)] ?? 'text/plain').end(bytes), () => response.writeHead(404).end())
    }))
    return new Promise((started) => server.listen(this.port, '127.0.0.1', () => {
      ({ port: this.port } = server.address() as AddressInfo)
      started()
    }))
  }

  stop(): Promise<void> {
    return new Promise((stopped) => {
      if (!this.server) return stopped()
      this.server.close(() => stopped())
      this.server.closeAllConnections()
      this.server = null
    })
  }
}

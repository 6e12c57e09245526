// A server that answers in all the ways that links meet: node server.mjs FOLDER. It writes its port to FOLDER/port, and
// a line for each request to FOLDER/requests.
import { createServer } from 'node:http'
import { appendFileSync, renameSync, writeFileSync } from 'node:fs'

const folder = process.argv[2]
const redirects = { '/moved': [301, '/good'], '/moved-on': [308, '/for-now'], '/for-now': [302, '/good'],
	'/round': [302, '/round'], '/file': [302, 'file:///etc/passwd'], '/moved-away': [301, '/gone'] }
const statuses = { '/gone': 404, '/withdrawn': 410, '/members': 403, '/broken': 503, '/busy': 429, '/head-lies': 404 }
const flood = Buffer.alloc(1 << 16, 'x')

createServer((request, response) => {
	const path = new URL(request.url, 'http://x').pathname
	appendFileSync(`${folder}/requests`, [Date.now(), request.method, path, request.headers['user-agent'],
		request.headers.cookie ?? 'no-cookie'].join('\t') + '\n')
	const get = request.method === 'GET'
	if (path === '/slow')
		return
	if (path in redirects)
		return response.writeHead(redirects[path][0], { Location: redirects[path][1] }).end()
	if (path === '/huge' && get) {
		const pour = () => { while (response.write(flood)); }
		response.on('drain', pour).on('close', () => appendFileSync(`${folder}/closed`, 'huge\n'))
		return pour()
	}
	if (path === '/huge')
		return response.writeHead(405).end()
	const status = path === '/head-lies' && get ? 200 : statuses[path] ?? 200
	response.writeHead(status, { 'Set-Cookie': 'a=b' }).end('words')
}).listen(0, '127.0.0.1', function () {
	writeFileSync(`${folder}/port.new`, String(this.address().port))
	renameSync(`${folder}/port.new`, `${folder}/port`)
})

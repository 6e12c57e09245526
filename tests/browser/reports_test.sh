#!/bin/sh
# What giji writes for code scanning and for GitLab is what their schemas ask for.
set -eu
giji=${GIJI:-$PWD/build/release/giji}
command -v node > /dev/null || { echo "no node"; exit 77; }
[ -e tests/browser/node_modules/ajv ] || (cd tests/browser && npm ci)

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# Sites with findings of every level and form, one without any, one whose settings cannot be read.
number=0
for site in tests/sites/*/ .; do
	command=build
	[ ! -e "$site/command" ] || command=$(cat "$site/command")
	case $command in build) output="-o $work/public" ;; check) output= ;; *) continue ;; esac
	rm -rf "$work/public"
	# shellcheck disable=SC2086 # two words or none
	"$giji" "$command" -C "$site" $output --now 2026-01-15 -q \
		--report "$work/$number.sarif" --report "gitlab:$work/$number.gitlab.json" > /dev/null 2>&1 || [ $? -lt 3 ]
	number=$((number + 1))
done

node - tests/browser/node_modules "$work" "$number" << 'END'
const fs = require('fs'), path = require('path');
const [modules, work, number] = process.argv.slice(2);
const from = (name) => path.resolve(modules, name);
const Ajv = require(from('ajv'));
const ajv = new Ajv({ schemaId: 'auto', meta: false, unknownFormats: 'ignore' });
ajv.addMetaSchema(require(from('ajv/lib/refs/json-schema-draft-04.json')));
const schema = require(from('@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json'));
const sarif = ajv.compile(schema);
const gitlab = new Ajv().compile({
	type: 'array',
	items: {
		type: 'object',
		required: ['description', 'check_name', 'fingerprint', 'severity', 'location'],
		properties: {
			description: { type: 'string', minLength: 1 },
			check_name: { type: 'string', minLength: 1 },
			fingerprint: { type: 'string', minLength: 1 },
			severity: { enum: ['info', 'minor', 'major', 'critical', 'blocker'] },
			location: {
				type: 'object',
				required: ['path', 'lines'],
				properties: {
					path: { type: 'string', pattern: '^[^./]' },
					lines: { type: 'object', required: ['begin'], properties: { begin: { type: 'integer', minimum: 1 } } },
				},
			},
		},
	},
});
let wrong = 0, results = 0, empty = 0;
const levels = new Set();
const judge = (validate, name) => {
	const data = JSON.parse(fs.readFileSync(path.join(work, name), 'utf8'));
	if (!validate(data)) {
		console.log(name, JSON.stringify(validate.errors));
		wrong++;
	}
	return data;
};
for (let i = 0; i < Number(number); i++) {
	const run = judge(sarif, `${i}.sarif`).runs[0];
	const findings = judge(gitlab, `${i}.gitlab.json`);
	if (findings.length !== run.results.length || new Set(findings.map((f) => f.fingerprint)).size !== findings.length) {
		console.log(`${i}: as many results as findings, each with a fingerprint of its own`);
		wrong++;
	}
	for (const result of run.results) {
		levels.add(result.level);
		if (run.tool.driver.rules[result.ruleIndex].id !== result.ruleId) {
			console.log(`${i}: ${result.ruleId} is not rule ${result.ruleIndex}`);
			wrong++;
		}
	}
	results += run.results.length;
	empty += run.results.length === 0;
}
console.log(`${number} reports, ${results} results, ${empty} reports without any, levels ${[...levels].sort()}`);
process.exit(wrong || results < 50 || !empty || !levels.has('error') || !levels.has('warning') || !levels.has('note') ? 1 : 0);
END

# SPDX-License-Identifier: Apache-2.0
# Documents that break their schema, a line each with what is wrong; nothing if
# there are none.  $schema: ecs.json or ocsf.json beside this file, which have
# the fields that spoor writes as Elastic Common Schema 9.0 and OCSF 1.3 define
# them: types, values that are allowed, what is required.

def is_ip: type == "string" and (test("^[0-9]{1,3}([.][0-9]{1,3}){3}$") or
	(test("^[0-9a-f:.]+$") and test(":")));
def is_integer: type == "number" and . == floor;
def is_date: type == "string" and
	test("^[0-9]{4}-[01][0-9]-[0-3][0-9]T[0-2][0-9]:[0-5][0-9]:[0-5][0-9][.][0-9]{9}Z$");

# Of a type that both schemas know.
def is_of($kind):
	if $kind == "any" then true
	elif $kind == "keyword" or $kind == "wildcard" or $kind == "text" or
		$kind == "string" then type == "string"
	elif $kind == "long" or $kind == "integer" then is_integer
	elif $kind == "boolean" then type == "boolean"
	elif $kind == "date" then is_date
	elif $kind == "ip" then is_ip
	elif $kind == "port" then is_integer and . >= 0 and . <= 65535
	elif $kind == "timestamp" then # ms since 1970, of this century
		is_integer and . > 946684800000 and . < 4102444800000
	else false end;

# Leaves with their dotted names; a list is a leaf.
def leaves($at):
	if type == "object" then
		to_entries[] | .key as $k | .value |
			leaves(if $at == "" then $k else "\($at).\($k)" end)
	else {name: $at, value: .} end;

def ecs:
	. as $doc | [leaves("")] as $all |
	($all[] | . as $leaf | $schema[.name] as $rule |
		if $rule == null then "\(.name): no such field"
		elif ($rule.list // false) != (.value | type == "array") then
			"\(.name): a list, or none"
		else ([.value] | flatten)[] |
			if is_of($rule.type) | not then
				"\($leaf.name): \(.) is no \($rule.type)"
			elif $rule.enum and ([.] - $rule.enum != []) then
				"\($leaf.name): \(.) is not allowed"
			else empty end
		end),
	($schema | to_entries[] | select(.value.required) | .key as $k |
		select([$all[].name] | index([$k]) | not) | "\($k) is missing"),
	# Types that go with a category.
	({file: ["access", "change", "creation", "deletion", "info"],
	  process: ["access", "change", "end", "info", "start"],
	  network: ["access", "allowed", "connection", "denied", "end", "info",
		"protocol", "start"],
	  intrusion_detection: ["allowed", "denied", "info"]} as $pairs |
		$doc.event.category[]? as $c |
		if ($doc.event.type - ($pairs[$c] // []) != []) then
			"event.type: \($doc.event.type) of \($c)"
		else empty end);

def member($kind; $at):
	def object($name; $at):
		. as $it | $schema.objects[$name] as $rule |
		if type != "object" then "\($at) is no object"
		else
			(($rule.required // [])[] | . as $k | select($it | has($k) | not) |
				"\($at).\($k) is missing"),
			(if $rule.any and ([$rule.any[] | . as $k | $it | has($k)] |
				any | not) then "\($at) has none of \($rule.any)"
			else empty end),
			($it | to_entries[] | .key as $k | .value |
				member($rule.members[$k]; "\($at).\($k)"))
		end;
	if $kind == null then "\($at): no such attribute"
	elif ($kind | type) == "array" then
		if type != "array" then "\($at) is no list"
		else .[] | member($kind[0]; $at) end
	elif $schema.objects[$kind] then object($kind; $at)
	elif $schema.enums[$kind] then
		if [.] - $schema.enums[$kind] != [] then
			"\($at): \(.) is not allowed" else empty end
	elif is_of($kind) then empty
	else "\($at): \(.) is no \($kind)" end;

def ocsf:
	. as $doc | $schema.classes[.class_uid | tostring] as $class |
	if $class == null then "class_uid: no such class"
	else
		(($schema.common.required + $class.required)[] | . as $k |
			select($doc | has($k) | not) | "\($k) is missing"),
		(if $class.any and ([$class.any[] | . as $k | $doc | has($k)] |
			any | not) then "none of \($class.any)" else empty end),
		(to_entries[] | .key as $k | .value |
			member(($schema.common.members + $class.members)[$k]; $k)),
		(select(.category_uid != $class.category) | "category_uid"),
		(select([.activity_id] - $class.activities != []) |
			"activity_id: \(.activity_id) is not allowed"),
		(select(.type_uid != .class_uid * 100 + .activity_id) |
			"type_uid"),
		(select([.status_id // 0] - $class.statuses != []) |
			"status_id: \(.status_id) is not allowed")
	end;

input_line_number as $line |
[if $schema.classes then ocsf else ecs end] | unique |
select(. != []) | "\($line): \(join("; "))"

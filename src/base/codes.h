/*
 * Every code of a finding: the one list from which come the enum, the names
 * that -W takes, the default levels, the guide's table and the test that each
 * code has a golden case. Names are a contract: CI configurations rely on them.
 *
 *     X(enum, name, default level, floor, what it means)
 *
 * The floor is the lowest level -W may set: FLOOR_ERROR codes cannot be lowered.
 */
#ifndef GIJI_BASE_CODES_H
#define GIJI_BASE_CODES_H

#define DIAG_CODES(X)                                                                                                  \
	X(ACTION_DUE, "action-due", WARNING, OFF, N_("an action's date lacks its year or its day"))                      \
	X(ACTION_UNKNOWN, "action-unknown", WARNING, OFF, N_("what is said to be done is no action of an earlier record")) \
	X(ADDRESS_COLLISION, "address-collision", ERROR, ERROR, N_("two pages or files claim one address"))            \
	X(ADDRESS_LOST, "address-lost", ERROR, OFF, N_("an address that was published leads nowhere"))                 \
	X(ADDRESS_WITHDRAWN, "address-withdrawn", WARNING, OFF, N_("what was published is withheld now"))              \
	X(AGENDA_MISMATCH, "agenda-mismatch", WARNING, OFF, N_("an agenda part and the record's headings disagree"))   \
	X(ANCHOR_BROKEN, "anchor-broken", ERROR, OFF, N_("a link names an anchor that its page does not have"))        \
	X(ANCHOR_LOST, "anchor-lost", ERROR, OFF, N_("an address within a page that was published leads nowhere"))     \
	X(ANONYMOUS_NAME, "anonymous-name", ERROR, ERROR, N_("an anonymous record's words name an attendee"))          \
	X(ANONYMOUS_ROLE, "anonymous-role", ERROR, ERROR, N_("in an anonymous record nothing tells a speaker's role")) \
	X(ATTENDANCE_CONFLICT, "attendance-conflict", WARNING, OFF, N_("a person attends twice, or is absent and speaks")) \
	X(BASELINE_STALE, "baseline-stale", NOTE, OFF, N_("the baseline accepts a finding that is gone"))              \
	X(CALLOUT_UNKNOWN, "callout-unknown", ERROR, OFF, N_("a callout is unknown, begins nothing, or lacks its words")) \
	X(CLOSED_LEAK, "closed-leak", ERROR, ERROR, N_("text follows a closed part without a clear end of it"))        \
	X(CLOSED_REASON, "closed-reason", ERROR, ERROR, N_("a closed part does not say why it is closed"))             \
	X(CONTRAST, "contrast", ERROR, OFF, N_("the theme's colours are hard to tell apart"))                          \
	X(CONTRAST_LOW, "contrast-low", NOTE, OFF, N_("the theme's text could stand out more"))                        \
	X(CORRECTION_MISMATCH, "correction-mismatch", WARNING, OFF, N_("a correction does not fit the words it names")) \
	X(DATE_AHEAD, "date-ahead", WARNING, OFF, N_("a meeting in the future is not marked as scheduled"))            \
	X(DATE_INVALID, "date-invalid", ERROR, OFF, N_("a date or time cannot be read"))                               \
	X(DATE_MISMATCH, "date-mismatch", WARNING, OFF, N_("a weekday, era or order of dates does not fit"))           \
	X(DOCUMENT_CLOSED, "document-closed", WARNING, OFF, N_("a link leads to a file that a record withholds"))      \
	X(DOCUMENT_MISSING, "document-missing", ERROR, OFF, N_("a declared or linked file does not exist"))            \
	X(DOCUMENT_UNDECLARED, "document-undeclared", WARNING, OFF, N_("a document is cited but not declared"))        \
	X(DOCUMENT_UNUSED, "document-unused", WARNING, OFF, N_("a document or file is never mentioned"))               \
	X(ENCODING, "encoding", ERROR, ERROR, N_("a file is not UTF-8 text"))                                          \
	X(EXTERNAL_BROKEN, "external-broken", WARNING, OFF, N_("a link to another site leads nowhere"))                \
	X(EXTERNAL_MOVED, "external-moved", NOTE, OFF, N_("a page of another site has moved for good"))                \
	X(EXTERNAL_UNKNOWN, "external-unknown", NOTE, OFF, N_("whether a link to another site is good cannot be told")) \
	X(FACT_MISSING, "fact-missing", WARNING, OFF, N_("a record lacks a fact that its body requires"))              \
	X(HEADING_BROKEN, "heading-broken", ERROR, OFF, N_("a heading has no words, or no space behind its ##"))       \
	X(HEADING_UNDERLINED, "heading-underlined", ERROR, OFF, N_("=== or --- under text makes no heading"))          \
	X(HTML_RAW, "html-raw", WARNING, OFF, N_("raw HTML is shown as typed, not passed through"))                    \
	X(KEY_UNKNOWN, "key-unknown", ERROR, OFF, N_("a key is not known in this place"))                              \
	X(LABEL_MISSING, "label-missing", ERROR, OFF, N_("a template asks for a label the language does not have"))    \
	X(LABEL_UNUSED, "label-unused", NOTE, OFF, N_("no template asks for a label"))                                 \
	X(LEDGER_BROKEN, "ledger-broken", ERROR, ERROR, N_("a ledger is damaged"))                                     \
	X(LIMIT_EXCEEDED, "limit-exceeded", ERROR, ERROR, N_("a file is larger or deeper than giji reads"))            \
	X(LINK_AMBIGUOUS, "link-ambiguous", ERROR, OFF, N_("a link fits more than one thing"))                         \
	X(LINK_BROKEN, "link-broken", ERROR, OFF, N_("a link leads nowhere"))                                          \
	X(LINK_OUTSIDE, "link-outside", ERROR, ERROR, N_("a path leads out of the site"))                              \
	X(LINK_SCHEME, "link-scheme", ERROR, OFF, N_("a link uses a scheme that is not allowed"))                      \
	X(MACHINE, "machine", FATAL, FATAL, N_("the machine failed: disk, memory or permissions"))                     \
	X(NUMBER_ORDER, "number-order", WARNING, OFF, N_("numbers and dates of a body's meetings disagree"))           \
	X(OUTPUT_REFUSED, "output-refused", FATAL, FATAL, N_("the output folder is not one that giji may write"))      \
	X(PAGE_CONTROL, "page-control", ERROR, OFF, N_("a button, field or frame of a page has no name"))              \
	X(PAGE_HEADING, "page-heading", WARNING, OFF, N_("a page's headings are no outline"))                          \
	X(PAGE_ID, "page-id", ERROR, OFF, N_("two elements of a page have the same id"))                               \
	X(PAGE_ILL_FORMED, "page-ill-formed", ERROR, OFF, N_("a page is not well-formed"))                             \
	X(PAGE_IMAGE, "page-image", ERROR, OFF, N_("an image has no words for those who cannot see it"))               \
	X(PAGE_LANG, "page-lang", ERROR, OFF, N_("a page does not say its language"))                                  \
	X(PAGE_LINK, "page-link", ERROR, OFF, N_("a finished page links to what is not there"))                        \
	X(PAGE_LINK_TEXT, "page-link-text", WARNING, OFF, N_("the words of a link do not say where it leads"))         \
	X(PAGE_TABLE, "page-table", WARNING, OFF, N_("a table has no header cells"))                                   \
	X(PAGE_TITLE, "page-title", WARNING, OFF, N_("a page's title is missing or another's"))                        \
	X(PERSON_TWIN, "person-twin", NOTE, OFF, N_("two people of the register may be one"))                          \
	X(PERSON_UNUSED, "person-unused", NOTE, OFF, N_("no published record names a person of people.yml"))           \
	X(READING_MISSING, "reading-missing", WARNING, OFF, N_("a name in kanji has no reading to sort it by"))        \
	X(RECORD_MISMATCH, "record-mismatch", WARNING, OFF, N_("records of one meeting have different dates"))         \
	X(RECORD_WAITING, "record-waiting", NOTE, OFF, N_("the other record of a meeting is not published"))           \
	X(ROLE_DATES, "role-dates", WARNING, OFF, N_("a label or role is used outside its dates"))                     \
	X(SPEAKER_AMBIGUOUS, "speaker-ambiguous", ERROR, OFF, N_("a label fits two people"))                           \
	X(SPEAKER_UNDECLARED, "speaker-undeclared", ERROR, OFF, N_("a speaker's label was declared nowhere"))          \
	X(SPEAKER_UNREGISTERED, "speaker-unregistered", WARNING, OFF, N_("a speaker is not in people.yml"))            \
	X(SPELLING_VARIANT, "spelling-variant", NOTE, OFF, N_("two words may be spellings of one"))                    \
	X(STATEMENT_ADDED, "statement-added", WARNING, OFF, N_("a confirmed record grew and no correction says so"))   \
	X(STATEMENT_CHANGED, "statement-changed", ERROR, OFF, N_("confirmed words changed and no correction says so")) \
	X(STATEMENT_REMOVED, "statement-removed", ERROR, OFF, N_("confirmed words are gone and no correction says so")) \
	X(STATUS_MISSING, "status-missing", WARNING, OFF, N_("a record has no status and is kept back as a draft"))    \
	X(TEMPLATE_ERROR, "template-error", ERROR, ERROR, N_("a template is wrong or failed"))                         \
	X(TEMPLATE_UNUSED, "template-unused", NOTE, OFF, N_("no page uses a template"))                                \
	X(TEXT_LOST, "text-lost", ERROR, OFF, N_("words of the source would appear nowhere"))                          \
	X(TOPIC_UNKNOWN, "topic-unknown", WARNING, OFF, N_("a hashtag names no topic of topics.yml"))                  \
	X(TOPIC_UNUSED, "topic-unused", NOTE, OFF, N_("nothing published belongs to a topic of topics.yml"))           \
	X(TRANSLATION_DIFFERS, "translation-differs", NOTE, OFF, N_("a translation is not divided as its original is")) \
	X(UNSTAMPED, "unstamped", WARNING, OFF, N_("a confirmed record is newer than its ledger, or has none"))        \
	X(UNUSED_DEFINITION, "unused-definition", WARNING, OFF, N_("a link definition is never used"))                 \
	X(VALUE_INVALID, "value-invalid", ERROR, OFF, N_("a value does not have the form its key needs"))              \
	X(VOTE_MISMATCH, "vote-mismatch", WARNING, OFF, N_("a vote's names, counts and the attendance disagree"))      \
	X(VOTER_UNDECLARED, "voter-undeclared", WARNING, OFF, N_("a vote or action names somebody who is unknown"))    \
	X(WITHDRAWN_LEAK, "withdrawn-leak", ERROR, ERROR, N_("words that were withdrawn would still be published"))    \
	X(YAML_ERROR, "yaml-error", ERROR, ERROR, N_("front matter or a .yml file cannot be read"))

#endif

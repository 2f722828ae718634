/* SPDX-License-Identifier: Apache-2.0 */
/* The suites, each in a suite_<topic>.c; one line each. */
#ifndef SPOOR_TESTS_VECTORS_SUITES_H
#define SPOOR_TESTS_VECTORS_SUITES_H

#include "tests/vectors/vectors.h"

vector_fn suite_parse, suite_ast_print, suite_ast_print_roundtrip;
vector_fn suite_escape_str, suite_escape_roundtrip;
vector_fn suite_concat_path, suite_container_id, suite_container_mount_key;
vector_fn suite_event_script;

vector_fn suite_compile, suite_run_mock;
vector_fn suite_rule_name_wildcard;

vector_fn suite_converter;
vector_fn suite_capture_blocks, suite_capture_raw_events;
vector_fn suite_capture_converted_events, suite_capture_event;
vector_fn suite_capture_event_present, suite_capture_malformed;
vector_fn suite_capture_machine, suite_capture_interfaces;
vector_fn suite_capture_users, suite_capture_threads, suite_capture_fds;

vector_fn suite_format, suite_transform, suite_transform_types;
vector_fn suite_evttype_index_set, suite_evttype_index_equiv;
vector_fn suite_evttype_index_error, suite_unsafe_na_warning;
vector_fn suite_pmatch_set;

vector_fn suite_rule_load, suite_plugin_requirements;

vector_fn suite_falco_regression, suite_capture_fields;

#endif

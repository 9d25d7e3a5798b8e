package com.quiltdata.mcp.auth;

import static com.quiltdata.mcp.auth.ToolNeeds.actions;
import static com.quiltdata.mcp.auth.ToolNeeds.actionsWithBucket;
import static com.quiltdata.mcp.auth.ToolNeeds.anyOf;
import static com.quiltdata.mcp.auth.ToolNeeds.level;
import static com.quiltdata.mcp.auth.ToolNeeds.nothing;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The permission map: one row for each tool, older names included.
///
/// The rows with actions are those of earlier versions, in their order: a token that worked goes on
/// working.
final class ToolTable {
  private final Map<String, ToolNeeds> rows = new LinkedHashMap<>();

  private ToolTable() {
    buckets();
    packages();
    catalogAndSearch();
    athenaAndTabulator();
    governance();
    othersForEverybody();
  }

  static Map<String, ToolNeeds> rows() {
    return Map.copyOf(new ToolTable().rows);
  }

  private void buckets() {
    need(nothing(), "bucket_list");
    need(actions("s3:ListBucket", "s3:GetBucketLocation"), "bucket_objects_list");
    need(actions("s3:GetObject", "s3:GetObjectVersion"), "bucket_object_info");
    need(
        actions("s3:GetObject"), "bucket_object_text", "bucket_object_fetch", "bucket_object_link");
    need(
        actions("s3:PutObject", "s3:PutObjectAcl", "s3:AbortMultipartUpload"),
        "bucket_objects_put");
  }

  private void packages() {
    need(
        actions("s3:ListBucket", "s3:GetObject", "s3:PutObject"),
        "package_create",
        "package_update",
        "package_update_metadata",
        "package_create_from_s3",
        "create_package",
        "create_package_enhanced",
        "create_package_from_s3");
    need(actions("s3:ListBucket", "s3:DeleteObject"), "package_delete");
    need(actions("s3:ListBucket", "s3:GetObject", "s3:PutObject"), "package_rollback");
    need(
        actions("s3:ListBucket", "s3:GetObject", "s3:PutObject", "s3:DeleteObject"), "package_tag");
    need(actions("s3:ListBucket", "s3:GetObject"), "package_browse", "package_validate");
    need(actions("s3:ListBucket", "s3:GetObject"), "package_contents_search");
    need(actions("s3:GetObject", "s3:ListBucket"), "package_diff");
    need(actions("s3:ListBucket"), "packages_list");
  }

  private void catalogAndSearch() {
    need(nothing(), "catalog_url", "catalog_uri", "catalog_configure", "configure_catalog");
    need(
        actions("s3:ListBucket"),
        "search_catalog",
        "unified_search",
        "packages_search",
        "bucket_objects_search");
    need(nothing(), "search_explain", "search_suggest", "search_docs_quilt_bio");
  }

  private void athenaAndTabulator() {
    need(
        actions("athena:StartQueryExecution", "athena:GetQueryResults"),
        "athena_query_execute",
        "tabulator_query_execute",
        "tabulator_bucket_query");
    need(nothing(), "athena_query_validate");
    need(actions("glue:GetDatabases"), "athena_databases_list");
    need(actions("glue:GetTables"), "athena_tables_list");
    need(actions("glue:GetTable"), "athena_table_schema");
    need(actions("athena:ListWorkGroups"), "athena_workgroups_list");
    need(actions("athena:ListQueryExecutions"), "athena_query_history");
    need(
        anyOf("glue:GetTables", "s3:ListBucket"),
        "tabulator_tables_list",
        "tabulator_list_buckets");
    need(
        level(Level.WRITE),
        "tabulator_table_create",
        "tabulator_table_rename",
        "tabulator_table_delete");
  }

  private void governance() {
    need(
        level(Level.ADMIN),
        "admin_users_list",
        "admin_user_get",
        "admin_user_create",
        "admin_user_delete",
        "admin_user_set_email",
        "admin_user_set_admin",
        "admin_user_set_active",
        "admin_user_reset_password",
        "admin_user_set_role",
        "admin_user_add_roles",
        "admin_user_remove_roles",
        "admin_roles_list",
        "admin_sso_config_get",
        "admin_sso_config_set",
        "admin_sso_config_remove",
        "admin_tabulator_open_query_get",
        "admin_tabulator_open_query_set",
        "tabulator_open_query_status",
        "tabulator_open_query_toggle");
  }

  private void othersForEverybody() {
    need(actionsWithBucket("s3:GetObject"), "create_data_visualization");
    need(
        nothing(),
        "generate_quilt_summarize_json",
        "generate_package_visualizations",
        "create_quilt_summary_files");
    need(
        nothing(),
        "check_bucket_access",
        "bucket_access_check",
        "discover_permissions",
        "aws_permissions_discover",
        "bucket_recommendations_get");
    need(nothing(), "whoami", "get_resource");
    need(
        nothing(),
        "get_metadata_template",
        "list_metadata_templates",
        "validate_metadata_structure",
        "show_metadata_examples",
        "create_metadata_from_template",
        "fix_metadata_validation_issues");
    need(
        nothing(),
        "workflow_create",
        "workflow_add_step",
        "workflow_update_step",
        "workflow_get_status",
        "workflow_list_all",
        "workflow_delete",
        "workflow_template_apply");
  }

  private void need(ToolNeeds needs, String... tools) {
    for (String tool : List.of(tools)) {
      if (rows.put(tool, needs) != null) {
        throw new IllegalStateException("two rows for the tool " + tool);
      }
    }
  }
}

{{/* application.yaml: what the operator set, and where the chart mounts what. */}}
{{- define "slotgate.configuration" -}}
{{- $slotgate := dict }}
{{- $spring := dict }}
{{- with .Values.secrets.masterKey }}
{{- $_ := set $slotgate "master-key-file" "/etc/slotgate/master-key/master.key" }}
{{- end }}
{{- with .Values.secrets.database }}
{{- $_ := set $spring "config" (dict "import" "configtree:/etc/slotgate/database/") }}
{{- end }}
{{- if .Values.tls.secret }}
{{- $tls := dict "certificate" "/etc/slotgate/tls/tls.crt" "private-key" "/etc/slotgate/tls/tls.key" }}
{{- if .Values.tls.clientCa }}
{{- /* The kubelet has no certificate, and its probes come over the same port. */}}
{{- $tls = merge $tls (dict "client-ca" "/etc/slotgate/client-ca/ca.crt" "client-auth" "want") }}
{{- end }}
{{- $_ := set $slotgate "web" (dict "tls" $tls) }}
{{- end }}
{{- $own := dict "slotgate" $slotgate "spring" $spring "server" (dict "address" "0.0.0.0" "port" 8080) }}
{{- mustMergeOverwrite (deepCopy .Values.configuration) $own | toYaml }}
{{- end }}
